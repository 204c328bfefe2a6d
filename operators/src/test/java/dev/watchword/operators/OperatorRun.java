package dev.watchword.operators;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * Runs an operator in Flink's harness, on RocksDB state. It can be restored from a snapshot at any
 * moment, or after every element, as a task that was killed would be.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
final class OperatorRun<I, O> implements AutoCloseable {
    private static final int MOST_SUBTASKS = 2;

    private final Supplier<StreamOperatorFactory<O>> factory;
    private final KeySelector<I, String> key;
    private final TypeSerializer<O> outputs;
    private final boolean restoreAfterEveryElement;
    private final List<O> collected = new ArrayList<>();

    private KeyedOneInputStreamOperatorTestHarness<String, I, O> harness;
    private int subtasks = 1;
    private long checkpoint;
    private long now = 1_000_000;

    OperatorRun(
            Supplier<StreamOperatorFactory<O>> factory,
            KeySelector<I, String> key,
            TypeSerializer<O> outputs,
            boolean restoreAfterEveryElement)
            throws Exception {
        this.factory = factory;
        this.key = key;
        this.outputs = outputs;
        this.restoreAfterEveryElement = restoreAfterEveryElement;
        this.harness = newHarness();
        harness.open();
    }

    private KeyedOneInputStreamOperatorTestHarness<String, I, O> newHarness() throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, I, O> made =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        factory.get(), key, Types.STRING, MOST_SUBTASKS, subtasks, 0);
        // Whole snapshots: the harness cannot put together those that build on each other.
        made.setStateBackend(new EmbeddedRocksDBStateBackend(false));
        made.setup(outputs);
        made.setProcessingTime(now);
        return made;
    }

    void send(I element) throws Exception {
        harness.processElement(element, 0);
        runMails();
        if (restoreAfterEveryElement) {
            restore();
        }
    }

    /** Runs what the engine has sent to the task. */
    void runMails() throws Exception {
        Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        while (mail.isPresent()) {
            mail.get().run();
            mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        }
        collected.addAll(harness.extractOutputValues());
        harness.getOutput().clear();
    }

    /** Takes a snapshot, throws the operator away, and goes on with a new one from the snapshot. */
    void restore() throws Exception {
        goOn(snapshot());
    }

    /** As {@link #restore}, but goes on with the first of two, which has the keys that are its own. */
    void restoreAsFirstOfTwo() throws Exception {
        OperatorSubtaskState whole = snapshot();
        int before = subtasks;
        subtasks = MOST_SUBTASKS;
        goOn(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        whole, MOST_SUBTASKS, before, subtasks, 0));
    }

    /** Whether the first of two subtasks has the key. */
    static boolean isOfFirstOfTwo(String key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, MOST_SUBTASKS, MOST_SUBTASKS)
                == 0;
    }

    private OperatorSubtaskState snapshot() throws Exception {
        checkpoint++;
        harness.prepareSnapshotPreBarrier(checkpoint);
        collected.addAll(harness.extractOutputValues());
        OperatorSubtaskState snapshot = harness.snapshot(checkpoint, checkpoint);
        harness.close();
        return snapshot;
    }

    private void goOn(OperatorSubtaskState snapshot) throws Exception {
        harness = newHarness();
        harness.initializeState(snapshot);
        harness.open();
        runMails();
    }

    void advanceTo(long time) throws Exception {
        now = time;
        harness.setProcessingTime(time);
    }

    /** As {@link #restore}, but time passes between the snapshot and going on. */
    void advanceWhileAway(long time) throws Exception {
        OperatorSubtaskState snapshot = snapshot();
        now = time;
        goOn(snapshot);
        // The harness runs timers only when it is told the time.
        advanceTo(now);
    }

    long now() {
        return now;
    }

    void end() throws Exception {
        harness.endInput();
        runMails();
    }

    /** Everything that came out so far, over all restores. */
    List<O> output() {
        return collected;
    }

    <X> List<X> sideOutput(OutputTag<X> tag) {
        return harness.getSideOutput(tag) == null
                ? List.of()
                : harness.getSideOutput(tag).stream().map(record -> record.getValue()).toList();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new IllegalStateException("Closing the operator", e);
        }
    }
}
