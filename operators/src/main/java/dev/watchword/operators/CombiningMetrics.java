package dev.watchword.operators;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what {@link CombineStreams} does. */
final class CombiningMetrics {
    private final Map<Status, Counter> answers = new EnumMap<>(Status.class);
    private final Counter queriesRepeated;
    private final Counter partsLate;
    private final Counter answerParts;

    /**
     * @param pending how many questions are not answered
     */
    CombiningMetrics(MetricGroup operator, IntSupplier pending) {
        MetricGroup group = operator.addGroup("watchword");
        for (Status status : EnumSet.complementOf(EnumSet.of(Status.PARTIAL))) {
            String name = "answers_" + status.name().toLowerCase(Locale.ROOT);
            answers.put(status, group.counter(name));
        }
        queriesRepeated = group.counter("queries_repeated");
        partsLate = group.counter("parts_late");
        answerParts = group.counter("answer_parts");
        group.gauge("queries_pending", pending::getAsInt);
    }

    /** An answer was sent, or a part of one while it was written. */
    void sent(Answer answer) {
        if (answer.getStatus() == Status.PARTIAL) {
            answerParts.inc();
        } else {
            answers.get(answer.getStatus()).inc();
        }
    }

    void repeatedQuery() {
        queriesRepeated.inc();
    }

    /** A stream's part came after its question was asked without it. */
    void latePart() {
        partsLate.inc();
    }
}
