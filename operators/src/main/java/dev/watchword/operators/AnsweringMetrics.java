package dev.watchword.operators;

import dev.watchword.engine.EngineLoad;
import dev.watchword.memory.StreamMemory.Remembered;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what {@link FuseAndGenerate} does, and tells how the engine behind it fares. */
final class AnsweringMetrics {
    private final Counter framesRemembered;
    private final Counter framesRepeated;
    private final Counter historiesRestarted;
    private final Counter queriesRepeated;
    private final Counter historiesRecalled;
    private final Counter historiesRead;
    private final Map<Status, Counter> answers = new EnumMap<>(Status.class);

    /**
     * @param engine the engine's load whenever it is asked for; from any thread
     */
    AnsweringMetrics(MetricGroup operator, QuestionQueue questions, Supplier<EngineLoad> engine) {
        MetricGroup group = operator.addGroup("watchword");
        framesRemembered = group.counter("frames_remembered");
        framesRepeated = group.counter("frames_repeated");
        historiesRestarted = group.counter("histories_restarted");
        queriesRepeated = group.counter("queries_repeated");
        historiesRecalled = group.counter("histories_recalled");
        historiesRead = group.counter("histories_read");
        for (Status status : Status.values()) {
            String name = "answers_" + status.name().toLowerCase(Locale.ROOT);
            answers.put(status, group.counter(name));
        }
        group.gauge("queries_pending", questions::size);
        group.gauge("engine_questions_waiting", () -> engine.get().questionsWaiting());
        group.gauge("engine_answers_active", () -> engine.get().answersActive());
        group.gauge("engine_decode_steps", () -> engine.get().decodeSteps());
        group.gauge("engine_tokens_decoded", () -> engine.get().tokensDecoded());
        group.gauge("prefixes_kept", () -> engine.get().prefixes().kept());
        group.gauge("prefix_bytes", () -> engine.get().prefixes().bytes());
        group.gauge("prefix_hits", () -> engine.get().prefixes().hits());
        group.gauge("prefix_misses", () -> engine.get().prefixes().misses());
        group.gauge("prefix_evictions", () -> engine.get().prefixes().evictions());
    }

    void remembered(Remembered result) {
        switch (result) {
            case KEPT -> framesRemembered.inc();
            case REPEATED -> framesRepeated.inc();
            case KEPT_ANEW -> {
                framesRemembered.inc();
                historiesRestarted.inc();
            }
        }
    }

    void repeatedQuery() {
        queriesRepeated.inc();
    }

    /** Whether the engine had kept the history of a question, or it was read from state. */
    void recalled(boolean kept) {
        (kept ? historiesRecalled : historiesRead).inc();
    }

    void answered(Answer answer) {
        answers.get(answer.getStatus()).inc();
    }
}
