package dev.watchword.model;

/** How a frame's patches become its vision tokens. */
public enum Compression {
    /** Learnable queries gather the patches, as LLaVA-Mini does it. */
    QUERY("query"),
    /** Each token is the mean of the patches under its cell; nothing is learnt. */
    POOL("pool"),
    /** Every patch is a vision token, as in LLaVA-v1.5. */
    NONE("none");

    private final String configName;

    Compression(String configName) {
        this.configName = configName;
    }

    /** Returns the name by which a config.json chooses it. */
    public String configName() {
        return configName;
    }
}
