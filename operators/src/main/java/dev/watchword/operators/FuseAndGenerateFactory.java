package dev.watchword.operators;

import dev.watchword.memory.KeyframePolicy;
import dev.watchword.memory.OtherModel;
import dev.watchword.memory.Retention;
import dev.watchword.schemas.Answer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.util.OutputTag;

/** Makes {@link FuseAndGenerate}. */
public final class FuseAndGenerateFactory extends AbstractStreamOperatorFactory<Answer>
        implements OneInputStreamOperatorFactory<EncodedEvent, Answer> {
    /** The side output of what streams have for questions about several streams together. */
    public static final OutputTag<CombineEvent> PARTS = StreamParts.OUTPUT;

    private final EngineLeaser leaser;
    private final Retention retention;
    private final KeyframePolicy keyframePolicy;
    private final AnswerLimits limits;
    private final CombineLimits combineLimits;
    private final OtherModel otherModel;

    /** Makes it so that the history of another model begins anew. */
    public FuseAndGenerateFactory(
            EngineLeaser leaser,
            Retention retention,
            KeyframePolicy keyframePolicy,
            AnswerLimits limits,
            CombineLimits combineLimits) {
        this(leaser, retention, keyframePolicy, limits, combineLimits, OtherModel.RESTART);
    }

    /**
     * @param otherModel what becomes of the history of another model
     */
    public FuseAndGenerateFactory(
            EngineLeaser leaser,
            Retention retention,
            KeyframePolicy keyframePolicy,
            AnswerLimits limits,
            CombineLimits combineLimits,
            OtherModel otherModel) {
        this.otherModel = otherModel;
        this.leaser = leaser;
        this.retention = retention;
        this.keyframePolicy = keyframePolicy;
        this.limits = limits;
        this.combineLimits = combineLimits;
    }

    @Override
    public <T extends StreamOperator<Answer>> T createStreamOperator(
            StreamOperatorParameters<Answer> parameters) {
        @SuppressWarnings("unchecked")
        T operator =
                (T)
                        new FuseAndGenerate(
                                parameters,
                                leaser,
                                retention,
                                keyframePolicy,
                                limits,
                                combineLimits,
                                otherModel);
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return FuseAndGenerate.class;
    }
}
