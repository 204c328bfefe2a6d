package dev.watchword.job.kafka;

import dev.watchword.job.retry.Timekeeper;
import dev.watchword.operators.DeadLetters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The names of the four topics.
 *
 * @param frames pictures of cameras, by stream
 * @param queries what people ask, by stream
 * @param answers what they are told, by stream
 * @param deadLetters records that could not be used
 */
public record Topics(String frames, String queries, String answers, String deadLetters) {

    /** A dead letter holds a refused record, or its beginning, and up to this much more about it. */
    private static final int DEAD_LETTER_EXTRA_BYTES = 64 << 10;

    private static final Duration MOST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    public Topics {
        List<String> names = List.of(frames, queries, answers, deadLetters);
        for (String name : names) {
            if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
                throw new IllegalArgumentException(
                        "A topic's name has 1 to 249 letters, digits, '.', '_' and '-', not \"%s\"."
                                .formatted(name));
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "The four topics need four different names, not " + names + ".");
        }
    }

    /** {@code watchword.frames}, {@code .queries}, {@code .answers} and {@code .dead-letters}. */
    public static Topics defaults() {
        return new Topics(
                "watchword.frames",
                "watchword.queries",
                "watchword.answers",
                "watchword.dead-letters");
    }

    /** All four, in the order of this record. */
    public List<String> names() {
        return List.of(frames, queries, answers, deadLetters);
    }

    /**
     * The largest dead letter.
     *
     * @param maxMessageBytes the largest frame, query or answer as the settings have it; a topic may
     *     take larger ones all the same
     */
    public static int deadLetterBytes(int maxMessageBytes) {
        int record = Math.max(maxMessageBytes, DeadLetters.MOST_BYTES);
        return Math.addExact(record, DEAD_LETTER_EXTRA_BYTES);
    }

    /**
     * Makes the topics that do not exist yet and leaves the others as they are. When it returns, the
     * broker serves all four.
     *
     * @return the names of those it made
     * @throws BrokerException if the broker does not make one
     */
    public List<String> createMissing(Admin admin, TopicLayout layout, Timekeeper timekeeper)
            throws InterruptedException {
        List<NewTopic> wanted = new ArrayList<>();
        leastMessageBytes(layout.maxMessageBytes())
                .forEach((name, bytes) -> wanted.add(newTopic(name, layout, bytes)));
        Map<String, KafkaFuture<Void>> results = admin.createTopics(wanted).values();
        List<String> made = new ArrayList<>();
        for (String name : names()) {
            try {
                results.get(name).get();
                made.add(name);
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof TopicExistsException)) {
                    throw failure("The broker did not make the topic " + name, failed);
                }
            }
        }
        awaitServed(admin, timekeeper);
        return made;
    }

    /** A broker learns of a topic a moment after its controller has made it. */
    private void awaitServed(Admin admin, Timekeeper timekeeper) throws InterruptedException {
        long begin = timekeeper.nanoTime();
        while (true) {
            try {
                admin.describeTopics(names()).allTopicNames().get();
                return;
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)
                        || timekeeper.nanoTime() - begin > MOST_WAIT.toNanos()) {
                    throw failure("The broker does not serve the topics it made", failed);
                }
                timekeeper.sleep(BETWEEN_LOOKS);
            }
        }
    }

    /**
     * Checks that all four topics exist and take records as large as they may become.
     *
     * @param maxMessageBytes the largest frame, query or answer
     * @throws BrokerException with a line for every topic that is not as it must be
     */
    public void check(Admin admin, int maxMessageBytes) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, Integer> topic : leastMessageBytes(maxMessageBytes).entrySet()) {
            problemOf(admin, topic.getKey(), topic.getValue()).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new BrokerException(String.join("\n", problems));
        }
    }

    private Map<String, Integer> leastMessageBytes(int maxMessageBytes) {
        Map<String, Integer> least = new LinkedHashMap<>();
        for (String name : List.of(frames, queries, answers)) {
            least.put(name, maxMessageBytes);
        }
        least.put(deadLetters, deadLetterBytes(maxMessageBytes));
        return least;
    }

    private static NewTopic newTopic(String name, TopicLayout layout, int maxMessageBytes) {
        Map<String, String> configuration =
                Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        return new NewTopic(name, layout.partitions(), layout.replication()).configs(configuration);
    }

    private static Optional<String> problemOf(Admin admin, String name, int leastMessageBytes)
            throws InterruptedException {
        try {
            admin.describeTopics(List.of(name)).allTopicNames().get();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
            Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            long most = Long.parseLong(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
            return most >= leastMessageBytes
                    ? Optional.empty()
                    : Optional.of(
                            "The topic %s takes records of at most %d bytes, but they may have %d: raise its %s, or lower the largest message in the settings."
                                    .formatted(
                                            name,
                                            most,
                                            leastMessageBytes,
                                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.of(
                        "The topic %s does not exist: make it, or name another in the settings."
                                .formatted(name));
            }
            throw failure("The broker did not describe the topic " + name, failed);
        }
    }

    private static BrokerException failure(String what, ExecutionException failed) {
        return new BrokerException(what + ": " + failed.getCause().getMessage(), failed.getCause());
    }
}
