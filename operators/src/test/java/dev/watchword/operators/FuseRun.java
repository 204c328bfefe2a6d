package dev.watchword.operators;

import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.Retention;
import dev.watchword.schemas.Answer;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;

/** Runs {@link FuseAndGenerate} in Flink's harness, by itself. */
final class FuseRun {
    static final Retention RETENTION = new Retention(1_000, Duration.ZERO);
    static final KeyframePolicy KEYFRAMES = new KeyframePolicy(2, 2, 0);

    private FuseRun() {}

    /** A run that keeps more frames than tests send. */
    static OperatorRun<EncodedEvent, Answer> of(
            FakeEngine engine, AnswerLimits limits, boolean restoring) throws Exception {
        return of(engine, limits, RETENTION, restoring);
    }

    static OperatorRun<EncodedEvent, Answer> of(
            FakeEngine engine, AnswerLimits limits, Retention retention, boolean restoring)
            throws Exception {
        return of(
                () ->
                        new FuseAndGenerateFactory(
                                engine.leaser(),
                                retention,
                                KEYFRAMES,
                                limits,
                                TestLimits.COMBINING),
                restoring);
    }

    static OperatorRun<EncodedEvent, Answer> of(
            Supplier<StreamOperatorFactory<Answer>> factory, boolean restoring) throws Exception {
        return new OperatorRun<>(
                factory, EncodedEvent::stream, AnswerSerializer.INSTANCE, restoring);
    }
}
