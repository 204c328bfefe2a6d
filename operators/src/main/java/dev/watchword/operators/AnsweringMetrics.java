package dev.watchword.operators;

import dev.watchword.engine.EngineLoad;
import dev.watchword.memory.StreamMemory.Remembered;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.Timings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** Counts what {@link FuseAndGenerate} does, and tells how the engine behind it fares. */
final class AnsweringMetrics {
    /** Quantiles are of so many answers, the newest ones. */
    private static final int ANSWERS_IN_QUANTILES = 500;

    private final Counter framesRemembered;
    private final Counter framesRepeated;
    private final Counter historiesRestarted;
    private final Counter queriesRepeated;
    private final Counter historiesRecalled;
    private final Counter historiesRead;
    private final Counter evaluationsSkipped;
    private final Counter evaluationsNotSent;
    private final Counter answerParts;
    private final Map<Status, Counter> answers = new EnumMap<>(Status.class);
    private final Histogram queued;
    private final Histogram firstToken;
    private final Histogram total;

    /**
     * @param held how many questions may not begin yet
     * @param standing how many questions stand
     * @param engine the engine's load whenever it is asked for; from any thread
     */
    AnsweringMetrics(
            MetricGroup operator,
            QuestionQueue questions,
            IntSupplier held,
            IntSupplier standing,
            Supplier<EngineLoad> engine) {
        MetricGroup group = operator.addGroup("watchword");
        framesRemembered = group.counter("frames_remembered");
        framesRepeated = group.counter("frames_repeated");
        historiesRestarted = group.counter("histories_restarted");
        queriesRepeated = group.counter("queries_repeated");
        historiesRecalled = group.counter("histories_recalled");
        historiesRead = group.counter("histories_read");
        evaluationsSkipped = group.counter("evaluations_skipped");
        evaluationsNotSent = group.counter("evaluations_not_sent");
        answerParts = group.counter("answer_parts");
        for (Status status : EnumSet.complementOf(EnumSet.of(Status.PARTIAL))) {
            String name = "answers_" + status.name().toLowerCase(Locale.ROOT);
            answers.put(status, group.counter(name));
        }
        group.gauge("queries_pending", questions::size);
        group.gauge("queries_held", held::getAsInt);
        group.gauge("queries_standing", standing::getAsInt);
        group.gauge("engine_questions_waiting", () -> engine.get().questionsWaiting());
        group.gauge("engine_answers_active", () -> engine.get().answersActive());
        group.gauge("engine_decode_steps", () -> engine.get().decodeSteps());
        group.gauge("engine_tokens_decoded", () -> engine.get().tokensDecoded());
        group.gauge("prefixes_kept", () -> engine.get().prefixes().kept());
        group.gauge("prefix_bytes", () -> engine.get().prefixes().bytes());
        group.gauge("prefix_hits", () -> engine.get().prefixes().hits());
        group.gauge("prefix_misses", () -> engine.get().prefixes().misses());
        group.gauge("prefix_evictions", () -> engine.get().prefixes().evictions());
        group.gauge("keyframe_bytes", () -> engine.get().keyframes().bytes());
        group.gauge("recent_frame_bytes", () -> engine.get().keyframes().recentBytes());
        group.gauge("keyframes_encoded", () -> engine.get().keyframes().encoded());
        queued = quantiles(group, "answer_queued_ms");
        firstToken = quantiles(group, "answer_first_token_ms");
        total = quantiles(group, "answer_total_ms");
    }

    private static Histogram quantiles(MetricGroup group, String name) {
        return group.histogram(name, new DescriptiveStatisticsHistogram(ANSWERS_IN_QUANTILES));
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

    /** A standing question was due and was not evaluated. */
    void skippedEvaluation() {
        evaluationsSkipped.inc();
    }

    /** A standing question was evaluated, and its answer told nothing that is to be sent. */
    void evaluationNotSent() {
        evaluationsNotSent.inc();
    }

    /** An answer was sent, or a part of one while it was written. */
    void sent(Answer answer) {
        if (answer.getStatus() == Status.PARTIAL) {
            answerParts.inc();
            return;
        }
        answers.get(answer.getStatus()).inc();
        answer.getTimings().ifPresent(this::took);
    }

    private void took(Timings timings) {
        queued.update(Math.round(timings.getQueued()));
        firstToken.update(Math.round(timings.getFirstToken()));
        total.update(Math.round(timings.getTotal()));
    }
}
