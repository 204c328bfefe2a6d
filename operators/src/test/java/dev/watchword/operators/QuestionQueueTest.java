package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.operators.QuestionQueue.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QuestionQueueTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");

    private final QuestionQueue queue = new QuestionQueue(1);

    private void ask(String id) {
        queue.add(new Ticket("door", id), Optional.empty());
    }

    private void ask(String id, long millis) {
        queue.add(new Ticket("door", id), Optional.of(NOW.plusMillis(millis)));
    }

    private List<String> served() {
        List<String> served = new ArrayList<>();
        Optional<Ticket> next = queue.next(NOW);
        while (next.isPresent()) {
            served.add(next.get().queryId());
            next = queue.next(NOW);
        }
        return served;
    }

    @Test
    void servesTheEarliestDeadlineFirstAndThenByArrival() {
        ask("patient");
        ask("in 9", 9);
        ask("in 5", 5);
        ask("in 5 too", 5);
        queue.add(new Ticket("door", "stands", true), Optional.empty());
        ask("patient too");

        assertThat(served())
                .containsExactly("in 5", "in 5 too", "in 9", "patient", "patient too", "stands");
    }

    @Test
    void aQuestionWithoutDeadlineIsNotStarved() {
        ask("patient");
        ask("patient too");
        for (int i = 0; i < 8; i++) {
            ask("urgent " + i, 100 + i);
        }

        List<String> served = served();
        assertThat(served.indexOf("patient")).isEqualTo(QuestionQueue.DEADLINES_IN_A_ROW);
        assertThat(served.indexOf("patient too"))
                .isEqualTo(2 * QuestionQueue.DEADLINES_IN_A_ROW + 1);
    }

    @Test
    void aDeadlineThatWouldBeMissedAsWorkGoesOfLateComesAfterThoseThatCanBeKept() {
        for (int millis : new int[] {500, 50, 10, 20, 30}) {
            queue.took(Duration.ofMillis(millis));
        }
        ask("hopeless", 49);
        ask("just", 50);
        ask("easily", 500);
        ask("patient");

        assertThat(served()).containsExactly("just", "easily", "patient", "hopeless");
    }

    @Test
    void onlyTheNewestAnswersTellTheSpeed() {
        queue.took(Duration.ofMillis(1));
        for (int i = 0; i < 32; i++) {
            queue.took(Duration.ofMillis(70));
        }
        ask("hopeless", 50);
        ask("easily", 500);

        assertThat(served()).containsExactly("easily", "hopeless");
    }

    @Test
    void countsWhatWaitsAndWhatIsWithTheEngine() {
        Ticket first = new Ticket("door", "1");
        CompletableFuture<String> work = new CompletableFuture<>();
        ask("1", 5);
        ask("2");
        queue.add(new Ticket("door", "3", true), Optional.empty());
        assertThat(queue.next(NOW)).contains(first);
        queue.started(first, work);

        assertThat(queue.next(NOW)).as("the engine has as many as it may").isEmpty();
        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.askedOnce()).isEqualTo(2);
        queue.cancel(first);
        queue.cancel(new Ticket("door", "2"));
        queue.cancel(new Ticket("door", "3", true));
        assertThat(work).isCancelled();
        assertThat(queue.finished(first, work)).isFalse();
        assertThat(queue.isEmpty()).isTrue();
    }
}
