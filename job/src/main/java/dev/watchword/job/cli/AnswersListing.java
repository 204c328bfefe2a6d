package dev.watchword.job.cli;

import dev.watchword.job.kafka.BrokerException;
import dev.watchword.schemas.Answer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Prints answers, one line of JSON each, in the order of their topic's partitions.
 *
 * @param streams of which answers are printed; all when empty
 * @param parts whether parts of answers that are being written are printed too
 * @param out is written line by line; when nobody reads it any more, the printing ends
 */
record AnswersListing(BrokerAccess broker, List<String> streams, boolean parts, PrintWriter out) {
    private static final Duration POLL = Duration.ofMillis(500);

    /** Prints every answer that is there now. */
    void printWhatIsThere() throws InterruptedException {
        List<TopicPartition> partitions = partitions();
        if (partitions.isEmpty()) {
            throw new BrokerException(
                    "There is no topic %s at %s yet: no job has run there."
                            .formatted(topic(), broker.settings().clientBootstrap()));
        }
        try (AnswersReader answers = AnswersReader.fromBeginning(broker, partitions)) {
            while (!answers.hasReadWhatWasThere() && !out.checkError()) {
                poll(answers).forEach(this::print);
            }
        }
    }

    /** Prints every answer that is there and those that come, until it is interrupted. */
    void follow() throws InterruptedException {
        try (AnswersReader answers = AnswersReader.fromBeginning(broker, awaitPartitions())) {
            while (!out.checkError()) {
                poll(answers).forEach(this::print);
            }
        }
    }

    private List<TopicPartition> awaitPartitions() throws InterruptedException {
        List<TopicPartition> partitions = partitions();
        if (partitions.isEmpty()) {
            broker.progress()
                    .accept("There is no topic %s yet; waiting for it.".formatted(topic()));
        }
        while (partitions.isEmpty()) {
            broker.timekeeper().sleep(POLL);
            partitions = partitions();
        }
        return partitions;
    }

    private List<Answer> poll(AnswersReader answers) throws InterruptedException {
        return parts ? answers.pollWithParts(POLL) : answers.poll(POLL);
    }

    private void print(Answer answer) {
        if (streams.isEmpty() || streams.contains(answer.getStream())) {
            out.println(Codecs.json(answer));
        }
    }

    private List<TopicPartition> partitions() throws InterruptedException {
        return broker.partitions(topic());
    }

    private String topic() {
        return broker.settings().topics().answers();
    }
}
