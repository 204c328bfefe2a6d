package dev.watchword.operators;

import dev.watchword.schemas.Answer;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Both operators of one subtask, one behind the other, in Flink's harness. */
final class SimulatedSubtask {
    static final int MOST_SUBTASKS = 12;

    /** So many earlier questions stand in front of a follow-up. */
    static final int TURNS = 3;

    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 1, 1_000, 2, 4, new ConversationLimits(1_000, TURNS));
    private static final int MOST_FRAMES_IN_FLIGHT = 1_000;

    /** To make one is more work than all that an operator does in a run. */
    private static final IOManager FILES = new IOManagerAsync();

    private final KeyedHarness<StreamEvent, EncodedEvent> encode;
    private final KeyedHarness<EncodedEvent, Answer> answer;

    /** Flink's harness for keyed operators, but with an environment of our own. */
    @SuppressWarnings("try") // Its close throws any exception.
    private static final class KeyedHarness<I, O> extends OneInputStreamOperatorTestHarness<I, O> {
        private KeyedHarness(
                OneInputStreamOperatorFactory<I, O> factory,
                KeySelector<I, String> key,
                MockEnvironment environment)
                throws Exception {
            super(factory, environment);
            config.setStatePartitioner(0, key);
            config.setStateKeySerializer(StringSerializer.INSTANCE);
            config.serializeAllConfigs();
            setStateBackend(new HashMapStateBackend());
        }
    }

    /**
     * Starts it.
     *
     * @param now the time
     * @param state from which it goes on; empty at the beginning
     */
    SimulatedSubtask(
            EngineLeaser leaser,
            int subtasks,
            int number,
            long now,
            Optional<OperatorSubtaskState> state)
            throws Exception {
        encode =
                new KeyedHarness<>(
                        new EncodeFramesFactory(leaser, MOST_FRAMES_IN_FLIGHT, Overload.WAIT),
                        StreamEvent::stream,
                        environment(subtasks, number));
        encode.setup(EncodedEventSerializer.INSTANCE);
        encode.setProcessingTime(now);
        encode.open();
        answer =
                new KeyedHarness<>(
                        new FuseAndGenerateFactory(
                                leaser,
                                FuseRun.RETENTION,
                                FuseRun.KEYFRAMES,
                                LIMITS,
                                TestLimits.COMBINING),
                        EncodedEvent::stream,
                        environment(subtasks, number));
        answer.setup(AnswerSerializer.INSTANCE);
        answer.setProcessingTime(now);
        if (state.isPresent()) {
            answer.initializeState(state.get());
        }
        answer.open();
        // The harness runs timers only when it is told the time.
        answer.setProcessingTime(now);
    }

    private static MockEnvironment environment(int subtasks, int number) {
        return new MockEnvironmentBuilder()
                .setMaxParallelism(MOST_SUBTASKS)
                .setParallelism(subtasks)
                .setSubtaskIndex(number)
                .setIOManager(FILES)
                .build();
    }

    void send(StreamEvent event) throws Exception {
        encode.processElement(event, 0);
    }

    void advanceTo(long time) throws Exception {
        encode.setProcessingTime(time);
        answer.setProcessingTime(time);
    }

    /**
     * Runs what the engine has sent to the tasks, and hands on.
     *
     * @param answers told what comes out, also before a failure
     */
    void run(Consumer<Answer> answers) throws Exception {
        boolean more = true;
        while (more) {
            more = runMails(encode);
            for (EncodedEvent event : encode.extractOutputValues()) {
                answer.processElement(event, 0);
                more = true;
            }
            encode.getOutput().clear();
            more |= runMails(answer);
            answer.extractOutputValues().forEach(answers);
            answer.getOutput().clear();
        }
    }

    private static boolean runMails(AbstractStreamOperatorTestHarness<?> harness) throws Exception {
        boolean any = false;
        Optional<Mail> mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        while (mail.isPresent()) {
            mail.get().run();
            any = true;
            mail = harness.getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        }
        return any;
    }

    /** Takes a snapshot and goes on; no frame may be with the engine. */
    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
        encode.prepareSnapshotPreBarrier(checkpoint);
        answer.prepareSnapshotPreBarrier(checkpoint);
        return answer.snapshot(checkpoint, checkpoint);
    }

    /** Ends it, as a failure does. */
    void kill() throws Exception {
        encode.close();
        answer.close();
    }
}
