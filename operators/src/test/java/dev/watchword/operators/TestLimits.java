package dev.watchword.operators;

import java.time.Duration;

/** Limits that are the same in many tests. */
final class TestLimits {
    static final CombineLimits COMBINING = new CombineLimits(1_000, 2, Duration.ofSeconds(10));
    static final ConversationLimits CONVERSATIONS = new ConversationLimits(4, 3);

    private TestLimits() {}
}
