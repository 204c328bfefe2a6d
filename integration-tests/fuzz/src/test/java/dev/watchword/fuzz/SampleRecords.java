package dev.watchword.fuzz;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.QueryMode;
import dev.watchword.schemas.Report;
import dev.watchword.schemas.Scope;
import dev.watchword.schemas.Standing;
import dev.watchword.schemas.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** A few good records of each kind. */
final class SampleRecords {
    private static final Instant MOMENT = Instant.parse("2026-11-20T08:30:00Z");

    private SampleRecords() {}

    static List<Frame> frames() {
        return List.of(
                Frame.newBuilder()
                        .setStream("gate")
                        .setSequence(7)
                        .setCapturedAt(MOMENT)
                        .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}))
                        .build(),
                Frame.newBuilder()
                        .setStream("yard/1")
                        .setSequence(1L << 40)
                        .setCapturedAt(MOMENT)
                        .setImageUri("http://camera.local/one.jpg")
                        .build());
    }

    static List<Query> queries() {
        return List.of(
                Query.newBuilder()
                        .setQueryId("q1")
                        .setStream("gate")
                        .setText("Wer steht vor der Tür?")
                        .setAskedAt(MOMENT)
                        .setScope(Scope.newBuilder().setLastFrames(100L).build())
                        .setMaxTokens(16)
                        .setTemperature(0.5)
                        .setDeadline(MOMENT)
                        .build(),
                Query.newBuilder()
                        .setQueryId("q2")
                        .setStreams(List.of("gate", "yard/1"))
                        .setText("Tell me when the gate is open.")
                        .setMode(QueryMode.STANDING)
                        .setStanding(
                                Standing.newBuilder()
                                        .setEveryMs(1_000L)
                                        .setReport(Report.ON_FLIP)
                                        .build())
                        .build());
    }

    static List<Answer> answers() {
        return List.of(
                Answer.newBuilder()
                        .setQueryId("q1")
                        .setAnswerId("a1")
                        .setStream("gate")
                        .setText("yes")
                        .setStatus(Status.OK)
                        .setAnsweredAt(MOMENT)
                        .build());
    }

    static List<DeadLetter> deadLetters() {
        return List.of(
                DeadLetter.newBuilder()
                        .setTopic("watchword.frames")
                        .setPartition(3)
                        .setOffset(99)
                        .setReason("not a readable Frame")
                        .setAt(MOMENT)
                        .setRecord(ByteBuffer.wrap(new byte[] {9, 9}))
                        .setSize(2)
                        .build());
    }
}
