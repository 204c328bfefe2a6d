package dev.watchword.job.bench.serve;

import java.util.List;

/**
 * What came of a load, in the time that counts.
 *
 * @param frames how many were sent
 * @param asked how many questions were
 * @param answered those that were answered, each once
 */
public record ServeFigures(long frames, long asked, List<ServedQuestion> answered) {
    public ServeFigures {
        answered = List.copyOf(answered);
    }

    /** How many questions were not answered. */
    public long lost() {
        return asked - answered.size();
    }
}
