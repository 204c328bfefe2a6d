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
    private final Overload overload;

    /**
     * @param mostInFlight how many frames of a subtask may be with the engine
     * @param overload what the subtask does when so many are
     */
    public EncodeFramesFactory(EngineLeaser leaser, int mostInFlight, Overload overload) {
        this.leaser = leaser;
        this.mostInFlight = mostInFlight;
        this.overload = overload;
    }

    @Override
    public <T extends StreamOperator<EncodedEvent>> T createStreamOperator(
            StreamOperatorParameters<EncodedEvent> parameters) {
        @SuppressWarnings("unchecked")
        T operator = (T) new EncodeFrames(parameters, leaser, mostInFlight, overload);
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return EncodeFrames.class;
    }
}
