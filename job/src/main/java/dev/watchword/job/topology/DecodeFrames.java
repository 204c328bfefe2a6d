package dev.watchword.job.topology;

import dev.watchword.operators.EventTypes;
import dev.watchword.operators.FrameEvent;
import dev.watchword.operators.NamingEvent;
import dev.watchword.operators.StreamEvent;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.RecordCodec;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.StreamName;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Makes events of the records of the topic of frames, and tells now and then of their streams. */
final class DecodeFrames extends DecodeRecords<Frame> {
    /** The side output of streams that there are. */
    static final OutputTag<NamingEvent> STREAMS =
            new OutputTag<>("streams", EventTypes.NAMING_EVENT);

    private final SchemaSource schemas;

    private transient ToldStreams toldStreams;

    DecodeFrames(SchemaSource schemas) {
        super("frames");
        this.schemas = schemas;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        toldStreams = new ToldStreams();
    }

    @Override
    RecordCodec<Frame> newCodec() throws Exception {
        return RecordCodecs.of(Frame.class, RecordFormat.AVRO, schemas.archive());
    }

    @Override
    Optional<String> fault(Frame frame) {
        Optional<String> name = StreamName.problem(frame.getStream());
        if (name.isPresent()) {
            return name;
        }
        boolean hasImage = frame.getImage().hasRemaining();
        if (hasImage && frame.getImageUri().isPresent()) {
            return Optional.of("A frame has either image or image_uri, not both.");
        }
        if (!hasImage && frame.getImageUri().isEmpty()) {
            return Optional.of(
                    "The frame has no picture: put one into image, or its address into"
                            + " image_uri.");
        }
        return Optional.empty();
    }

    @Override
    void emit(Frame frame, RawRecord raw, Context context, Collector<StreamEvent> out) {
        if (toldStreams.isDue(frame.getStream(), context.timerService().currentProcessingTime())) {
            context.output(STREAMS, new NamingEvent.KnownStream(frame.getStream()));
        }
        out.collect(new FrameEvent(frame, raw.origin()));
    }

    @Override
    Optional<String> stream(Frame frame) {
        return Optional.of(frame.getStream());
    }
}
