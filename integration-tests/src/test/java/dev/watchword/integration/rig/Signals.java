package dev.watchword.integration.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Signals of the operating system to processes that a test has started. */
public final class Signals {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String IGNORED = "SigIgn:";
    private static final int INTERRUPT = 2;

    private Signals() {}

    /**
     * What to put in front of a command that is to be interrupted. A shell that runs the tests in its
     * background tells them to ignore Ctrl-C, and whatever they start inherits that; a Java process
     * cannot undo it.
     */
    public static List<String> heedingInterrupts() throws IOException {
        return ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of();
    }

    private static boolean ignoresInterrupts() throws IOException {
        if (!Files.exists(STATUS)) {
            return false;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(IGNORED))
                .map(line -> Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16))
                .anyMatch(signals -> (signals >> (INTERRUPT - 1) & 1) == 1);
    }

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
