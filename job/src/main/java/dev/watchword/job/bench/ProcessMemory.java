package dev.watchword.job.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How much of the machine's memory this process takes, as Linux tells.
 *
 * @param residentBytes all of it
 * @param mappedBytes of these, pages of mapped files, such as weights: the system can take them back
 *     and read them again
 */
public record ProcessMemory(long residentBytes, long mappedBytes) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final String MAPPED = "RssFile:";

    /** Of this moment; empty where the system does not tell. */
    public static Optional<ProcessMemory> now() {
        try {
            return parse(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Of the lines of the file in which Linux tells it. */
    static Optional<ProcessMemory> parse(List<String> status) {
        return bytes(status, RESIDENT)
                .flatMap(all -> bytes(status, MAPPED).map(file -> new ProcessMemory(all, file)));
    }

    private static Optional<Long> bytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty())
                .map(kilobytes -> 1024 * Long.parseLong(kilobytes))
                .findFirst();
    }
}
