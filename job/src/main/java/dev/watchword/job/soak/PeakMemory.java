package dev.watchword.job.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The most memory that any process of a kind ever had, as Linux tells. Thread-safe. */
final class PeakMemory {
    private static final String PEAK = "VmHWM:";

    private final Map<String, Long> bytes = Collections.synchronizedMap(new TreeMap<>());

    /** Looks at a process, if it is there. */
    void look(String kind, ProcessHandle process) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith(PEAK)) {
                    long kilobytes = Long.parseLong(line.replaceAll("\\D", ""));
                    bytes.merge(kind, 1024 * kilobytes, Math::max);
                }
            }
        } catch (IOException e) {
            // The process is gone, or the system does not tell.
        }
    }

    /** By kind. */
    Map<String, Long> bytes() {
        return new TreeMap<>(bytes);
    }
}
