package dev.watchword.job.cli;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Asks the demo's questions, each once. */
final class DemoAsking {
    private static final int MOST_TOKENS = 12;

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
     * Returns the answer to a question that waits for a frame. So it is answered as soon as that
     * frame has come, however far ahead of the cameras it was asked or however far the job is
     * behind them.
     *
     * @param from the capture time of the first frame in scope
     * @param last the capture time of the last one, for which it waits
     * @param frames how many are in scope
     * @param before the query behind which it is understood
     * @throws CommandFailedException when no answer comes in time, or one that rests on other frames
     */
    Answer ask(
            String stream,
            String text,
            Instant from,
            Instant last,
            int frames,
            Optional<String> before)
            throws InterruptedException {
        Answer answer =
                once(
                        query(stream, text)
                                .setScope(Scope.newBuilder().setFrom(from).build())
                                .setAsOf(last)
                                .setFollowUpTo(before.orElse(null))
                                .build());
        if (DemoTable.isAnswered(answer) && answer.getFrames().getCount() != frames) {
            throw new CommandFailedException(
                    "the answer to \"%s\" rests on %d frames of '%s', not on %d"
                            .formatted(text, answer.getFrames().getCount(), stream, frames));
        }
        return answer;
    }

    /**
     * Returns the answer to a question about all the frames that have come.
     *
     * @throws CommandFailedException when none comes in time
     */
    Answer ask(String stream, String text) throws InterruptedException {
        return once(query(stream, text).build());
    }

    private static Query.Builder query(String stream, String text) {
        return Query.newBuilder()
                .setQueryId(UUID.randomUUID().toString())
                .setStream(stream)
                .setText(text)
                .setMaxTokens(MOST_TOKENS);
    }

    private Answer once(Query query) throws InterruptedException {
        return new Asking(broker, patience)
                .ask(query)
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        "no answer came for " + patience.toSeconds() + " seconds"));
    }
}
