package dev.watchword.operators;

import dev.watchword.schemas.Answer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes {@link CombineStreams}. */
public final class CombineStreamsFactory extends AbstractStreamOperatorFactory<Answer>
        implements OneInputStreamOperatorFactory<CombineEvent, Answer> {
    private final EngineLeaser leaser;
    private final AnswerLimits answerLimits;
    private final CombineLimits limits;

    public CombineStreamsFactory(
            EngineLeaser leaser, AnswerLimits answerLimits, CombineLimits limits) {
        this.leaser = leaser;
        this.answerLimits = answerLimits;
        this.limits = limits;
    }

    @Override
    public <T extends StreamOperator<Answer>> T createStreamOperator(
            StreamOperatorParameters<Answer> parameters) {
        @SuppressWarnings("unchecked")
        T operator = (T) new CombineStreams(parameters, leaser, answerLimits, limits);
        return operator;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return CombineStreams.class;
    }
}
