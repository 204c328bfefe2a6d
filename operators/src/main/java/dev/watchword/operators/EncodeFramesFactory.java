package dev.watchword.operators;

import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link EncodeFrames}. */
public final class EncodeFramesFactory extends AbstractStreamOperatorFactory<EncodedEvent>
        implements OneInputStreamOperatorFactory<StreamEvent, EncodedEvent> {
    private final EngineLeaser leaser;
    private final int mostInFlight;

    /**
     * @param mostInFlight how many frames of a subtask may be with the engine; when so many are, the
     *     subtask takes no more
     */
    public EncodeFramesFactory(EngineLeaser leaser, int mostInFlight) {
        this.leaser = leaser;
        this.mostInFlight = mostInFlight;
    }

    @Override
    public <T extends StreamOperator<EncodedEvent>> T createStreamOperator(
            StreamOperatorParameters<EncodedEvent> parameters) {
        @SuppressWarnings("unchecked")
        T operator = (T) new EncodeFrames(parameters, leaser, mostInFlight);
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return EncodeFrames.class;
    }
}
