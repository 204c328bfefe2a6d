package dev.watchword.job.soak;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault and its end.
 *
 * @param took the longest that a question waited for its answer that was asked after the fault and
 *     before the next, the first of them on every stream at once; empty if one has no answer
 */
public record Recovery(Duration at, String fault, Optional<Duration> took) {}
