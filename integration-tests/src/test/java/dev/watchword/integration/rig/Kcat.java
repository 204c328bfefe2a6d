package dev.watchword.integration.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program kcat. */
record Kcat(Path program, String bootstrap) implements ConsoleClient {
    @Override
    public void put(String topic, String key, String value)
            throws IOException, InterruptedException {
        run(value, "-P", "-t", topic, "-k", key);
    }

    @Override
    public List<String> read(String topic) throws IOException, InterruptedException {
        return run("", "-C", "-t", topic, "-o", "beginning", "-e", "-q").lines().toList();
    }

    private String run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "-b", bootstrap));
        command.addAll(List.of(arguments));
        Path in = Files.createTempFile("kcat", ".in");
        Path out = Files.createTempFile("kcat", ".out");
        Path errors = Files.createTempFile("kcat", ".err");
        try {
            Files.writeString(in, input, StandardCharsets.UTF_8);
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(in.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile())
                            .start();
            if (!process.waitFor(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        command + " ended with an error: " + Files.readString(errors));
            }
            return Files.readString(out, StandardCharsets.UTF_8);
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(errors);
        }
    }
}
