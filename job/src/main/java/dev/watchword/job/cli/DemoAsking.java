package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Status;
import java.time.Duration;
import java.util.UUID;

/** Asks about certain frames of a stream, however far the job has come. */
final class DemoAsking {
    private static final int MOST_TOKENS = 12;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

    private final BrokerAccess broker;
    private final Duration patience;

    /**
     * @param patience how long a question may wait for its answer
     */
    DemoAsking(BrokerAccess broker, Duration patience) {
        this.broker = broker;
        this.patience = patience;
    }

    /**
     * Returns the answer that rests on all the frames. A question that overtook some of them on
     * their way into the job is asked again.
     *
     * @param frames how many are in scope
     * @throws CommandFailedException when no such answer comes in time
     */
    Answer ask(String stream, String text, Scope scope, int frames) throws InterruptedException {
        long begin = broker.timekeeper().nanoTime();
        while (true) {
            Answer answer = once(stream, text, scope);
            boolean sawFrames =
                    answer.getStatus() != Status.NO_FRAMES && !DemoTable.isAnswered(answer)
                            || answer.getFrames().getCount() >= frames;
            if (sawFrames) {
                return answer;
            }
            if (broker.timekeeper().nanoTime() - begin > patience.toNanos()) {
                throw new CommandFailedException(
                        "the job had seen %d of %d frames of '%s' after %d seconds"
                                .formatted(
                                        answer.getFrames().getCount(),
                                        frames,
                                        stream,
                                        patience.toSeconds()));
            }
            broker.timekeeper().sleep(BETWEEN_TRIES);
        }
    }

    private Answer once(String stream, String text, Scope scope) throws InterruptedException {
        Query query =
                Query.newBuilder()
                        .setQueryId(UUID.randomUUID().toString())
                        .setStream(stream)
                        .setText(text)
                        .setScope(scope)
                        .setMaxTokens(MOST_TOKENS)
                        .build();
        return new Asking(broker, patience)
                .ask(query)
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        "no answer came for " + patience.toSeconds() + " seconds"));
    }
}
