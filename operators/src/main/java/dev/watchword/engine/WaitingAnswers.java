package dev.watchword.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The questions that have no place with the device: the highest priority is next, and of that
 * whoever came first. Not safe for use by several threads.
 */
final class WaitingAnswers {
    private static final Comparator<AnswerTask> FIRST_SERVED =
            Comparator.comparingInt(AnswerTask::priority)
                    .reversed()
                    .thenComparing((a, b) -> Long.signum(a.taken() - b.taken()));

    private final PriorityQueue<AnswerTask> waiting = new PriorityQueue<>(FIRST_SERVED);

    void add(AnswerTask task) {
        waiting.add(task);
    }

    /**
     * Gives places to those that wait. Where all are taken, one of a higher priority takes that of
     * the lowest, which waits then with what it has so far.
     *
     * @param placed those that have a place; changed
     * @param places how many there are, at least one
     */
    void place(Collection<AnswerTask> placed, int places) {
        while (!waiting.isEmpty()) {
            if (placed.size() >= places) {
                AnswerTask last = placed.stream().max(FIRST_SERVED).orElseThrow();
                if (last.priority() >= waiting.peek().priority()) {
                    return;
                }
                placed.remove(last);
                placed.add(waiting.poll());
                waiting.add(last);
            } else {
                placed.add(waiting.poll());
            }
        }
    }

    /** Takes those out that were cancelled or are late. */
    List<AnswerTask> takeDone() {
        waiting.forEach(AnswerTask::look);
        return take(task -> task.result().isDone());
    }

    /** Takes those out that had a place and were set aside. */
    List<AnswerTask> takeSetAside() {
        return take(AnswerTask::hasBegun);
    }

    private List<AnswerTask> take(Predicate<AnswerTask> which) {
        List<AnswerTask> taken = new ArrayList<>();
        waiting.removeIf(task -> which.test(task) && taken.add(task));
        return taken;
    }

    /** Takes all out. */
    List<AnswerTask> takeAll() {
        List<AnswerTask> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    int size() {
        return waiting.size();
    }
}
