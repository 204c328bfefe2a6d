package dev.watchword.job.bench;

import dev.watchword.model.Generation;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.Prefix;
import dev.watchword.model.Sampling;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers that are written at once, each behind a kept history of its own: one token each, all in
 * one pass, as the engine's device thread lets them.
 */
final class Generating implements Rival {
    /** Part 0: reading the questions, and the first token of each answer. */
    static final int BEGIN = 0;

    /** Part 1: the further tokens. */
    static final int DECODE = 1;

    private static final int PARTS = 2;

    private final KeptHistories histories;
    private final int answers;
    private final AnswerPlan plan;

    /**
     * @param answers how many are written at once
     */
    Generating(KeptHistories histories, int answers, AnswerPlan plan) {
        this.histories = histories;
        this.answers = answers;
        this.plan = plan;
    }

    LlavaMini network() {
        return histories.network();
    }

    /** How many answers are written at once. */
    int answers() {
        return answers;
    }

    /** How many passes the second part has; in each, every answer gets a token. */
    int steps() {
        return plan.answerTokens() - 1;
    }

    /** How many tokens stand before an answer's middle one. */
    long tokensBefore() {
        long frames = (long) histories.frames() * network().config().visionTokens();
        return plan.textTokens() + frames + plan.answerTokens() / 2;
    }

    @Override
    public String name() {
        return "%d answers at once, in %s".formatted(answers, Setup.name(network().precision()));
    }

    @Override
    public int parts() {
        return PARTS;
    }

    @Override
    public void run(Lap lap) {
        List<Generation> writing = new ArrayList<>();
        try {
            for (Prefix history : histories.first(answers)) {
                writing.add(begun(history));
            }
            lap.ends();
            for (int step = 0; step < steps(); step++) {
                network().readChosen(writing);
                writing.forEach(Generation::next);
            }
            lap.ends();
        } finally {
            writing.forEach(Generation::close);
        }
    }

    private Generation begun(Prefix history) {
        try (TensorScope scope = network().newScope()) {
            Generation answer =
                    network()
                            .generateBehind(
                                    history,
                                    histories.frames(),
                                    histories.question(scope),
                                    Sampling.GREEDY,
                                    plan.answerTokens());
            answer.prefill(Integer.MAX_VALUE);
            answer.next();
            return answer;
        }
    }
}
