package dev.watchword.job.soak;

import java.util.List;
import java.util.Map;

/**
 * How it went.
 *
 * @param recoveries from each fault
 * @param peakMemory by kind of process the most memory that one of them took, in bytes
 */
public record SoakReport(LedgerSums sums, List<Recovery> recoveries, Map<String, Long> peakMemory) {
    /** Whether nothing is lost and nothing is wrong. */
    public boolean isClean() {
        return sums.lost() == 0 && sums.wrong() == 0;
    }
}
