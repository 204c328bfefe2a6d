package dev.watchword.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes of JSON and YAML: of their numbers, texts, keys and brackets. */
final class TextMutations {
    static final List<Mutation> ALL =
            List.of(
                    TextMutations::changeNumber,
                    TextMutations::changeText,
                    TextMutations::repeatPart,
                    TextMutations::insert);

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern TEXT = Pattern.compile("\"[^\"\\n]*\"");
    private static final Pattern PART = Pattern.compile("(?s)[\\[{,\\n][^\\[\\]{},\\n]*");

    private static final List<String> NUMBERS =
            List.of("-0", "1e999", "1e-999", "0.1", "NaN", "-Infinity", "9".repeat(400));

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "[]",
                    "{}",
                    "\"\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\n\\u001b[2J\"",
                    "\"" + "x".repeat(3_000) + "\"",
                    "[".repeat(2_000),
                    "{\"a\":".repeat(1_500),
                    "[{}".repeat(700) + "]".repeat(700),
                    "&a [*a, *a]",
                    "*a",
                    "!!java.net.URL [\"http://127.0.0.1/\"]",
                    "!!binary \"AAAA\"",
                    "? a : b",
                    "|\n x",
                    "\"../../../../etc/passwd\"",
                    "\"/dev/zero\"",
                    "\uFEFF",
                    "---\n",
                    "#");

    private TextMutations() {}

    private static byte[] changeNumber(byte[] input, Random random) {
        return changeOne(
                NUMBER,
                input,
                random,
                random.nextInt(3) == 0
                        ? NUMBERS.get(random.nextInt(NUMBERS.size()))
                        : Long.toString(ByteMutations.interesting(random)));
    }

    private static byte[] changeText(byte[] input, Random random) {
        return changeOne(TEXT, input, random, VALUES.get(random.nextInt(VALUES.size())));
    }

    private static byte[] insert(byte[] input, Random random) {
        String text = text(input);
        int at = random.nextInt(text.length() + 1);
        return bytes(
                text.substring(0, at)
                        + VALUES.get(random.nextInt(VALUES.size()))
                        + text.substring(at));
    }

    /** So that keys come twice. */
    private static byte[] repeatPart(byte[] input, Random random) {
        String text = text(input);
        List<MatchResult> parts = PART.matcher(text).results().toList();
        if (parts.isEmpty()) {
            return input;
        }
        String part = parts.get(random.nextInt(parts.size())).group();
        int at = parts.get(random.nextInt(parts.size())).start();
        return bytes(text.substring(0, at) + part + text.substring(at));
    }

    private static byte[] changeOne(
            Pattern pattern, byte[] input, Random random, String replacement) {
        String text = text(input);
        List<MatchResult> found = pattern.matcher(text).results().toList();
        if (found.isEmpty()) {
            return input;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return bytes(text.substring(0, one.start()) + replacement + text.substring(one.end()));
    }

    /** Byte for byte, so that bytes that are no text stay what they are. */
    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
