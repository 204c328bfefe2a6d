package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.operators.QuestionQueue.Ticket;
import dev.watchword.schemas.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QuestionQueueTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:30:00Z");

    private final QuestionQueue queue = QuestionQueue.overtaking(1);

    private void ask(String id) {
        ask(id, Priority.NORMAL);
    }

    private void ask(String id, Priority priority) {
        queue.add(new Ticket("door", id), new Urgency(priority, Optional.empty()));
    }

    private void ask(String id, long millis) {
        ask(id, millis, Priority.NORMAL);
    }

    private void ask(String id, long millis, Priority priority) {
        queue.add(
                new Ticket("door", id), new Urgency(priority, Optional.of(NOW.plusMillis(millis))));
    }

    private void evaluate(String id, Priority priority) {
        queue.add(new Ticket("door", id, true), new Urgency(priority, Optional.empty()));
    }

    private CompletableFuture<String> start(String id, Priority priority) {
        CompletableFuture<String> work = new CompletableFuture<>();
        Ticket ticket = new Ticket("door", id);
        assertThat(queue.next(NOW)).contains(ticket);
        queue.started(ticket, priority, work);
        return work;
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
        evaluate("stands", Priority.NORMAL);
        ask("patient too");

        assertThat(served())
                .containsExactly("in 5", "in 5 too", "in 9", "patient", "patient too", "stands");
    }

    @Test
    void servesAHigherPriorityFirstWhateverTheDeadlines() {
        ask("low", 1, Priority.LOW);
        ask("normal", 2);
        evaluate("normal stands", Priority.NORMAL);
        evaluate("high stands", Priority.HIGH);
        ask("high", Priority.HIGH);
        ask("high in 9", 9, Priority.HIGH);

        assertThat(served())
                .containsExactly(
                        "high in 9", "high", "high stands", "normal", "normal stands", "low");
    }

    @Test
    void aHigherPriorityDoesNotWaitForLowerOnesThatAreWithTheEngine() {
        ask("low", Priority.LOW);
        start("low", Priority.LOW);
        ask("low too", Priority.LOW);
        assertThat(queue.next(NOW)).isEmpty();

        ask("high", Priority.HIGH);
        CompletableFuture<String> high = start("high", Priority.HIGH);
        ask("high too", Priority.HIGH);
        assertThat(queue.next(NOW)).as("for its equals it does").isEmpty();

        assertThat(queue.finished(new Ticket("door", "high"), high)).isTrue();
        assertThat(served()).containsExactly("high too");
    }

    @Test
    void whereNoneOvertakesAllWait() {
        QuestionQueue waiting = QuestionQueue.waiting(1);
        Ticket low = new Ticket("door", "low");
        waiting.started(low, Priority.LOW, new CompletableFuture<>());
        waiting.add(new Ticket("door", "high"), new Urgency(Priority.HIGH, Optional.empty()));
        assertThat(waiting.next(NOW)).isEmpty();

        waiting.cancel(low);
        assertThat(waiting.next(NOW)).contains(new Ticket("door", "high"));
    }

    @Test
    void aQuestionWithoutDeadlineIsNotStarved() {
        ask("patient");
        ask("patient too");
        for (int i = 0; i < 8; i++) {
            ask("urgent " + i, 100 + i);
        }

        List<String> served = served();
        assertThat(served.indexOf("patient")).isEqualTo(QuestionLane.DEADLINES_IN_A_ROW);
        assertThat(served.indexOf("patient too"))
                .isEqualTo(2 * QuestionLane.DEADLINES_IN_A_ROW + 1);
    }

    @Test
    void aDeadlineThatWouldBeMissedAsWorkGoesOfLateComesAfterThoseThatCanBeKept() {
        for (int millis : new int[] {500, 50, 10, 20, 30}) {
            queue.took(Priority.NORMAL, Duration.ofMillis(millis));
        }
        ask("hopeless", 49);
        ask("just", 50);
        ask("easily", 500);
        ask("patient");

        assertThat(served()).containsExactly("just", "easily", "patient", "hopeless");
    }

    @Test
    void onlyTheNewestAnswersTellTheSpeed() {
        queue.took(Priority.NORMAL, Duration.ofMillis(1));
        for (int i = 0; i < 32; i++) {
            queue.took(Priority.NORMAL, Duration.ofMillis(70));
        }
        ask("hopeless", 50);
        ask("easily", 500);

        assertThat(served()).containsExactly("easily", "hopeless");
    }

    @Test
    void countsWhatWaitsAndWhatIsWithTheEngine() {
        Ticket first = new Ticket("door", "1");
        ask("1", 5);
        ask("2");
        evaluate("3", Priority.NORMAL);
        CompletableFuture<String> work = start("1", Priority.NORMAL);

        assertThat(queue.next(NOW)).as("the engine has as many as it may").isEmpty();
        assertThat(queue.size()).isEqualTo(3);
        assertThat(queue.askedOnce(Priority.LOW)).isEqualTo(2);
        assertThat(queue.askedOnce(Priority.HIGH)).isZero();
        queue.cancel(first);
        queue.cancel(new Ticket("door", "2"));
        queue.cancel(new Ticket("door", "3", true));
        assertThat(work).isCancelled();
        assertThat(queue.finished(first, work)).isFalse();
        assertThat(queue.isEmpty()).isTrue();
    }
}
