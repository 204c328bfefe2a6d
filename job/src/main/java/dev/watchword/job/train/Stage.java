package dev.watchword.job.train;

import dev.watchword.model.training.SideWeights;
import java.util.Locale;
import java.util.Set;

/**
 * A stage of training.
 *
 * @param lesson what is learnt
 * @param parts of the network that learn; the others stay as they are
 * @param steps how many
 * @param rate the highest learning rate; it rises to it and falls in a cosine to a twentieth
 * @param weights how much what is trained beside the answers counts
 */
record Stage(Lesson lesson, Set<String> parts, int steps, double rate, SideWeights weights) {
    /** What is learnt. */
    enum Lesson {
        /** To tell what is to be seen, from single pictures. */
        SEEING,
        /** To see that what has no colour has none, from single pictures. */
        GREYS,
        /** To answer about up to a few frames, from the pictures on. */
        ANSWERING,
        /** To notice what happens in histories of tokens. */
        NOTICING,
        /** To answer about long histories of tokens. */
        REMEMBERING;

        /** Whether questions are asked. */
        boolean asks() {
            return this != SEEING && this != GREYS;
        }

        /** Whether it is learnt from histories of tokens, at whose frames something happens. */
        boolean hasHistories() {
            return this == NOTICING || this == REMEMBERING;
        }
    }

    private static final int WARMUP = 150;
    private static final double LAST = 0.05;

    /** Its name, as people read it. */
    String name() {
        return lesson.name().toLowerCase(Locale.ROOT);
    }

    /** The learning rate of a step, from 0. */
    double rateAt(int step) {
        double warm = Math.min(1, (step + 1.0) / Math.min(WARMUP, Math.max(1, steps / 4)));
        double cosine = (1 + Math.cos(Math.PI * step / steps)) / 2;
        return rate * warm * (LAST + (1 - LAST) * cosine);
    }
}
