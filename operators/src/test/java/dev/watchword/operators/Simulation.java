package dev.watchword.operators;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Priority;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/**
 * A job of two or three subtasks to which chance happens: frames, some of them repeated or out of
 * order; questions, some as of a moment that may be still to come, some that follow others, some with
 * a deadline, standing ones and cancelled ones; time that passes; an engine that is late, keeps no
 * order and fails at frames and questions; checkpoints, and failures after which it goes on from the
 * last checkpoint, as many subtasks as before or more or fewer. Everything follows from the seed.
 */
final class Simulation {
    private static final List<String> STREAMS = List.of("a", "b", "c");
    private static final int STEPS = 120;

    /** Frames are a second apart or two, and no question is as of a moment so many seconds ahead. */
    private static final int FARTHEST_MOMENT = 8;

    private final Random random;
    private final SimulatedEngine engine;
    private final SimulatedTruth truth;
    private final List<SimulatedSubtask> subtasks = new ArrayList<>();

    /** All that came in; a failure makes the job read some of it again. */
    private final List<StreamEvent> input = new ArrayList<>();

    private int read;
    private int queries;
    private long checkpoints;
    private long now;
    private int engineFaults;

    // What the last checkpoint holds.
    private List<OperatorSubtaskState> saved = List.of();
    private int savedRead;
    private int savedAnswers;

    /** Every answer that anybody could see, in order. */
    private final List<Answer> visible = new ArrayList<>();

    /** Those whose checkpoint has ended: what is visible with exactly-once. */
    private final List<Answer> committed = new ArrayList<>();

    Simulation(long seed) throws Exception {
        random = new Random(seed);
        SimulatedFaults faults = new SimulatedFaults();
        engine = new SimulatedEngine(random, faults);
        truth = new SimulatedTruth(faults);
        start(2 + random.nextInt(2));
    }

    private void start(int count) throws Exception {
        subtasks.clear();
        for (int i = 0; i < count; i++) {
            subtasks.add(new SimulatedSubtask(engine.leaser(), count, i, now, state(count, i)));
        }
        collect();
    }

    private Optional<OperatorSubtaskState> state(int count, int number) throws Exception {
        if (saved.isEmpty()) {
            return Optional.empty();
        }
        OperatorSubtaskState whole =
                AbstractStreamOperatorTestHarness.repackageState(
                        saved.toArray(OperatorSubtaskState[]::new));
        return Optional.of(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        whole, SimulatedSubtask.MOST_SUBTASKS, saved.size(), count, number));
    }

    /** Lets chance happen, then lets everything come to rest. */
    void run() throws Exception {
        for (int step = 0; step < STEPS; step++) {
            int chance = random.nextInt(100);
            if (chance < 58) {
                readOne();
            } else if (chance < 85) {
                finishOne();
            } else if (chance < 88) {
                failOne();
            } else if (chance < 92) {
                letTimePass();
            } else if (chance < 97) {
                checkpoint();
            } else {
                fail(random.nextBoolean() ? subtasks.size() : 5 - subtasks.size());
            }
        }
        for (String stream : STREAMS) {
            frame(stream, truth.lastSequence(stream) + FARTHEST_MOMENT);
            ask(query(stream, "last-" + stream));
            add(query(stream, "list-" + stream).setMode(QueryMode.LIST).setText(""));
        }
        while (read < input.size() || engine.isBusy()) {
            if (read < input.size()) {
                readOne();
            } else {
                finishOne();
            }
        }
        // What the job says of its standing questions is read when nothing waits any more.
        STREAMS.forEach(
                stream -> add(query(stream, "rest-" + stream).setMode(QueryMode.LIST).setText("")));
        while (read < input.size()) {
            readOne();
        }
        checkpoint();
        truth.check(visible, committed, STREAMS);
    }

    private void readOne() throws Exception {
        if (read == input.size()) {
            invent();
        }
        StreamEvent event = input.get(read);
        read++;
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        event.stream(), SimulatedSubtask.MOST_SUBTASKS, subtasks.size());
        subtasks.get(subtask).send(event);
        collect();
    }

    private void invent() {
        String stream = STREAMS.get(random.nextInt(STREAMS.size()));
        int chance = random.nextInt(100);
        if (chance < 55) {
            frame(stream, truth.lastSequence(stream) + 1 + random.nextInt(2));
        } else if (chance < 63) {
            frame(stream, Math.max(1, truth.lastSequence(stream) - random.nextInt(3)));
        } else if (chance < 84) {
            askAnything(stream);
        } else if (chance < 92 && truth.standing(stream) < 3) {
            stand(stream, "s" + queries++);
        } else {
            truth.anyQuery(stream, random).ifPresent(id -> cancel(stream, id));
        }
        if (read == input.size()) {
            askAnything(stream);
        }
    }

    private void frame(String stream, long sequence) {
        truth.frame(stream, sequence);
        Frame frame =
                Frame.newBuilder()
                        .setStream(stream)
                        .setSequence(sequence)
                        .setCapturedAt(Instant.ofEpochSecond(sequence))
                        .setImage(
                                ByteBuffer.wrap(
                                        SimulatedTruth.token(stream, sequence)
                                                .getBytes(StandardCharsets.UTF_8)))
                        .build();
        input.add(new FrameEvent(frame, new RecordOrigin("frames", 0, input.size())));
    }

    private Query.Builder query(String stream, String id) {
        return Query.newBuilder()
                .setQueryId(id)
                .setStream(stream)
                .setText(SimulatedTruth.words(id))
                .setPriority(Priority.values()[random.nextInt(Priority.values().length)]);
    }

    private void add(Query.Builder query) {
        Query built = query.build();
        input.add(new QueryEvent(built.getStream(), built));
    }

    private void ask(Query.Builder query) {
        truth.asked(query.build());
        add(query);
    }

    private void askAnything(String stream) {
        Query.Builder query = query(stream, "q" + queries++);
        if (random.nextInt(5) == 0) {
            long past = Math.max(0, truth.lastSequence(stream) - 3);
            query.setAsOf(Instant.ofEpochSecond(past + random.nextInt(FARTHEST_MOMENT)));
        }
        if (random.nextInt(4) == 0) {
            truth.anyAsked(stream, random).ifPresent(query::setFollowUpTo);
        }
        if (random.nextInt(4) == 0) {
            query.setDeadline(Instant.ofEpochMilli(now + random.nextInt(20)));
        }
        ask(query);
    }

    private void stand(String stream, String id) {
        long every = 1 + random.nextInt(3);
        truth.stands(stream, id, every);
        add(
                query(stream, id)
                        .setMode(QueryMode.STANDING)
                        .setStanding(Standing.newBuilder().setEveryFrames(every).build()));
    }

    private void cancel(String stream, String id) {
        String by = "c" + queries++;
        truth.cancelled(stream, id, by);
        add(query(stream, by).setCancel(id).setText(""));
    }

    private void finishOne() throws Exception {
        if (engine.isBusy()) {
            engine.finishOne(false);
            collect();
        }
    }

    private void failOne() throws Exception {
        if (engine.isBusy()) {
            engine.failOne();
            collect();
        }
    }

    private void letTimePass() throws Exception {
        now += 1 + random.nextInt(8);
        engine.advanceTo(now);
        for (SimulatedSubtask subtask : subtasks) {
            subtask.advanceTo(now);
        }
        collect();
    }

    /** Lets the subtasks work; with one that fails at the engine's fault all begin anew. */
    private void collect() throws Exception {
        try {
            for (SimulatedSubtask subtask : subtasks) {
                subtask.run(visible::add);
            }
        } catch (EngineFailedException e) {
            engineFaults++;
            fail(subtasks.size());
        }
    }

    private void checkpoint() throws Exception {
        while (engine.isEncoding()) {
            engine.finishOne(true);
            collect();
        }
        checkpoints++;
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (SimulatedSubtask subtask : subtasks) {
            states.add(subtask.snapshot(checkpoints));
        }
        saved = states;
        savedRead = read;
        committed.addAll(visible.subList(savedAnswers, visible.size()));
        savedAnswers = visible.size();
    }

    private void fail(int count) throws Exception {
        for (SimulatedSubtask subtask : subtasks) {
            subtask.kill();
        }
        read = savedRead;
        // Seen all the same with at-least-once; their transaction is lost with exactly-once.
        savedAnswers = visible.size();
        start(count);
    }

    /** How the questions ended. */
    Set<Status> ends() {
        return committed.stream().map(Answer::getStatus).collect(Collectors.toSet());
    }

    /** How often the job began anew because of the engine. */
    int engineFaults() {
        return engineFaults;
    }

    /** Ends it. */
    void end() throws Exception {
        for (SimulatedSubtask subtask : subtasks) {
            subtask.kill();
        }
        engine.close();
    }
}
