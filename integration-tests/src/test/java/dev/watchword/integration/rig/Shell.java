package dev.watchword.integration.rig;

import dev.watchword.job.cli.Watchword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Watchword's commands as a person runs them: each in a process of its own. */
public final class Shell {
    private static final long PATIENCE_SECONDS = 90;

    private Shell() {}

    /**
     * What became of a command.
     *
     * @param exitCode its exit status
     * @param out what it wrote to standard output
     * @param notes what it wrote to standard error
     */
    public record Run(int exitCode, String out, String notes) {
        /** The lines of standard output. */
        public List<String> lines() {
            return out.lines().toList();
        }
    }

    /** Starts a command. */
    public static Running start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(Signals.heedingInterrupts());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Watchword.class.getName());
        command.addAll(arguments);
        Path out = Files.createTempFile("shell", ".out");
        Path notes = Files.createTempFile("shell", ".err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(notes.toFile())
                        .start();
        return new Running(process, out, notes);
    }

    /** Runs a command to its end. */
    public static Run run(List<String> arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** A command that runs. */
    public record Running(Process process, Path out, Path notes) {
        /** What it has written to standard output so far. */
        public String soFar() {
            return read(out);
        }

        private static String read(Path file) {
            try {
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As Ctrl-C does. */
        public void interrupt() throws IOException, InterruptedException {
            Signals.send(process, "INT");
        }

        /** Waits for its end. */
        public Run await() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("The command did not end. It wrote: " + stop().out());
            }
            return stop();
        }

        /** Waits for its end so long, and then ends it. */
        public Run awaitOrStop(Duration time) throws IOException, InterruptedException {
            process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
            return stop();
        }

        private Run stop() throws IOException, InterruptedException {
            int exitCode = process.destroyForcibly().waitFor();
            Run run = new Run(exitCode, soFar(), read(notes));
            Files.delete(out);
            Files.delete(notes);
            return run;
        }
    }
}
