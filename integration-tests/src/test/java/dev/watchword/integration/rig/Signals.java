package dev.watchword.integration.rig;

import java.io.IOException;

/** Signals of the operating system to processes that a test has started. */
public final class Signals {
    private Signals() {}

    /**
     * Sends one.
     *
     * @param name such as {@code INT}, which Ctrl-C sends, or {@code STOP}
     * @throws AssertionError if the process is not there
     */
    public static void send(Process process, String name) throws IOException, InterruptedException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .inheritIO()
                        .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("No process takes the signal " + name);
        }
    }
}
