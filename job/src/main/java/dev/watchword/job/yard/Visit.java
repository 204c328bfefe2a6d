package dev.watchword.job.yard;

import java.util.OptionalInt;

/**
 * A thing that was in the yard: in every picture from second {@code from} up to, and without, second
 * {@code to}.
 *
 * @param id its number in the script, rising with {@code from}
 * @param kind what it is
 * @param colour its colour; a parcel is brown
 * @param spot where it stays; a vehicle comes to it through {@link Spot#LANE} and leaves through it
 * @param from the first second in the picture
 * @param to the first second no longer in the picture
 * @param owner of a dog: the visit of the person who walks it, on the same spot for the same time
 */
public record Visit(
        int id, Kind kind, Colour colour, Spot spot, int from, int to, OptionalInt owner) {

    /** Returns whether it is in the picture at a second. */
    public boolean present(int second) {
        return from <= second && second < to;
    }

    /** Returns its kind and colour. */
    public Pair pair() {
        return new Pair(colour, kind);
    }
}
