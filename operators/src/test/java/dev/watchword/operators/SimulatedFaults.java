package dev.watchword.operators;

import java.util.HashSet;
import java.util.Set;

/** The questions at which a simulated engine failed, each by its words and the answer it would have. */
final class SimulatedFaults {
    private record Question(String words, String answer) {}

    private final Set<Question> shortOfMemory = new HashSet<>();
    private final Set<Question> failed = new HashSet<>();

    /** The engine failed at a question by its own fault. */
    void failed(String words, String answer) {
        failed.add(new Question(words, answer));
    }

    /** The engine had no memory for a question; the second time that is a failure, too. */
    void shortOfMemory(String words, String answer) {
        Question question = new Question(words, answer);
        if (!shortOfMemory.add(question)) {
            failed.add(question);
        }
    }

    /** Whether a question may have failed. */
    boolean explain(String words, String answer) {
        return failed.contains(new Question(words, answer));
    }
}
