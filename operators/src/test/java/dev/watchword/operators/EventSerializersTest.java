package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.engine.EncodedPicture;
import dev.watchword.memory.StreamPart;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EventSerializersTest {
    private static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    @Test
    void carriesFramesAndQueries() throws IOException {
        Frame frame =
                Frame.newBuilder()
                        .setStream("gate/1")
                        .setSequence(Long.MAX_VALUE)
                        .setCapturedAt(Instant.ofEpochMilli(1_700_000_000_123L))
                        .setImage(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                        .build();
        StreamEvent event = new FrameEvent(frame, new RecordOrigin("frames", 1, 2));
        StreamEvent query =
                new QueryEvent("b", Query.newBuilder().setQueryId("q").setText("wo?").build());

        assertThat(roundTrip(StreamEventSerializer.INSTANCE, event)).isEqualTo(event);
        assertThat(roundTrip(StreamEventSerializer.INSTANCE, query)).isEqualTo(query);
        assertThat(roundTrip(EncodedEventSerializer.INSTANCE, (QueryEvent) query)).isEqualTo(query);
    }

    @Test
    void carriesEncodedFrames() throws IOException {
        EncodedFrame frame =
                new EncodedFrame(
                        "gate",
                        4,
                        Instant.ofEpochMilli(5),
                        new EncodedPicture(new byte[] {6, 7}, new byte[] {8}));

        EncodedFrame back =
                (EncodedFrame) roundTrip(EncodedEventSerializer.INSTANCE, (EncodedEvent) frame);

        assertThat(back.stream()).isEqualTo("gate");
        assertThat(back.sequence()).isEqualTo(4);
        assertThat(back.capturedAt()).isEqualTo(frame.capturedAt());
        assertThat(back.picture().tokens()).containsExactly(6, 7);
        assertThat(back.picture().features()).containsExactly(8);
    }

    @Test
    void carriesAnswers() throws IOException {
        Answer answer =
                Answer.newBuilder()
                        .setQueryId("q")
                        .setAnswerId("id")
                        .setStream("gate")
                        .setStatus(Status.OK)
                        .build();

        assertThat(roundTrip(AnswerSerializer.INSTANCE, answer)).isEqualTo(answer);
    }

    @Test
    void carriesWhatIsToldOfStreams() throws IOException {
        NamingEvent known = new NamingEvent.KnownStream("gate/1");
        NamingEvent open =
                new NamingEvent.OpenQuery(
                        Query.newBuilder().setQueryId("q").setStreams(List.of("*", "ü")).build());

        assertThat(roundTrip(NamingEventSerializer.INSTANCE, known)).isEqualTo(known);
        assertThat(roundTrip(NamingEventSerializer.INSTANCE, open)).isEqualTo(open);
    }

    @Test
    void carriesQuestionsAboutSeveralStreams() throws IOException {
        Query query =
                Query.newBuilder()
                        .setQueryId("q")
                        .setStreams(List.of("gate", "yard-*"))
                        .setCombine(true)
                        .setCancel("p")
                        .build();
        StreamPart part =
                StreamPart.newBuilder()
                        .setStream("gate")
                        .setModel("m")
                        .setSequences(List.of(1L, Long.MAX_VALUE))
                        .setTokens(List.of(ByteBuffer.wrap(new byte[] {1, 2})))
                        .setWeights(List.of(0.25, 0.75))
                        .setAnchor(7L)
                        .build();
        for (CombineEvent event :
                List.of(
                        new CombineEvent.Asked(query, List.of("gate", "yard-1"), List.of("x*")),
                        new CombineEvent.Withdrawn(query),
                        CombineEvent.Part.of(query, part))) {
            CombineEvent back = roundTrip(CombineEventSerializer.INSTANCE, event);
            assertThat(back).isEqualTo(event);
            assertThat(back.key()).isEqualTo(event.key());
        }
    }
}
