package dev.watchword.model;

/** The activation function between the two linear maps of a vision tower's block. */
public enum Activation {
    /** {@code x * sigmoid(1.702 * x)}, as OpenAI's CLIP was trained with. */
    QUICK_GELU("quick_gelu"),
    /** {@code x * Phi(x)} with the exact normal distribution function. */
    GELU("gelu");

    private final String configName;

    Activation(String configName) {
        this.configName = configName;
    }

    /** Returns the name that config.json uses for it. */
    public String configName() {
        return configName;
    }
}
