package dev.watchword.model.text;

/** How the native tokenizer library is set up before it is first used. */
final class NativeTokenizers {
    private NativeTokenizers() {}

    /**
     * Keeps DJL from the network: it would ask the cloud's metadata service who it is, and on a
     * machine with a GPU fetch another build of the library. The build in its own jar suffices, for
     * tokenizers do not compute on the device. What an operator has set stays.
     */
    static void prepare() {
        setUnlessGiven("OPT_OUT_TRACKING", "true");
        setUnlessGiven("RUST_FLAVOR", "cpu");
    }

    private static void setUnlessGiven(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
