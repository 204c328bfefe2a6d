package dev.watchword.model.picture;

/** A number for each of the three colours. */
public record Channels(double red, double green, double blue) {
    /** In the order of a pixel's bytes. */
    public double[] toArray() {
        return new double[] {red, green, blue};
    }
}
