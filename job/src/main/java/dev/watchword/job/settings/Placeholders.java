package dev.watchword.job.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} by an environment variable and {@code ${file:/path}} by a file's
 * text without the blanks around it. What is put in is not looked at again.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    private final Environment environment;

    Placeholders(Environment environment) {
        this.environment = environment;
    }

    /**
     * The text with every placeholder replaced.
     *
     * @throws IllegalArgumentException when a variable is not set or a file cannot be read; the
     *     message tells which, and nothing of the text around it
     */
    String replace(String text) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.replaceAll(
                found -> Matcher.quoteReplacement(lookUp(found.group(1), found.group(2))));
    }

    private String lookUp(String kind, String name) {
        if (kind.equals("file")) {
            return readFile(Path.of(name));
        }
        return environment
                .variable(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the environment variable %s is not set".formatted(name)));
    }

    private static String readFile(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("the file %s cannot be read".formatted(file), e);
        }
    }
}
