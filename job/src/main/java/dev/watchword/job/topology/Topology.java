package dev.watchword.job.topology;

import dev.watchword.engine.EngineConfig;
import dev.watchword.job.settings.Settings;
import dev.watchword.memory.OtherModel;
import dev.watchword.memory.Retention;
import dev.watchword.operators.AnswerLimits;
import dev.watchword.operators.CombineEvent;
import dev.watchword.operators.CombineLimits;
import dev.watchword.operators.CombineStreamsFactory;
import dev.watchword.operators.ConversationLimits;
import dev.watchword.operators.DeadLetters;
import dev.watchword.operators.EncodeFramesFactory;
import dev.watchword.operators.EncodedEvent;
import dev.watchword.operators.EngineLeaser;
import dev.watchword.operators.EventTypes;
import dev.watchword.operators.FuseAndGenerateFactory;
import dev.watchword.operators.NameStreams;
import dev.watchword.operators.StreamEvent;
import dev.watchword.schemas.Answer;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Lays the flow:
 *
 * <pre>
 * frames  -> DecodeFrames  -+                                                +-> answers
 *                           +- by stream -> EncodeFrames -> FuseAndGenerate -+
 * queries -> DecodeQueries -+                                                +-> dead letters
 * </pre>
 *
 * <p>Beside it lies the way of queries that name streams by patterns, or several together:
 *
 * <pre>
 * DecodeFrames  - names --+                +- by stream -> EncodeFrames -> FuseAndGenerate -> answers
 *                         +-> NameStreams -+                                     | parts
 * DecodeQueries - open ---+                +- by question --------------> CombineStreams -> answers
 * </pre>
 *
 * <p>Every operator has a name of its own for its state, which must never change.
 */
public final class Topology {
    private Topology() {}

    /**
     * Adds the flow to an environment.
     *
     * @param bootstrap the brokers' addresses
     * @param engine what the operators' engine is made from
     */
    public static void lay(
            StreamExecutionEnvironment environment,
            Settings settings,
            String bootstrap,
            EngineConfig engine) {
        lay(environment, settings, bootstrap, EngineLeaser.shared(engine));
    }

    /**
     * Adds the flow to an environment.
     *
     * @param bootstrap the brokers' addresses
     * @param leaser how the operators come by their engine
     */
    public static void lay(
            StreamExecutionEnvironment environment,
            Settings settings,
            String bootstrap,
            EngineLeaser leaser) {
        KafkaEnds kafka = new KafkaEnds(settings.kafka(), bootstrap);
        SchemaSource schemas =
                new SchemaSource(settings.kafka().schemaDirectory().map(Path::toString).orElse(""));
        String framesTopic = settings.kafka().topics().frames();
        String queriesTopic = settings.kafka().topics().queries();

        SingleOutputStreamOperator<StreamEvent> frames =
                environment
                        .fromSource(
                                kafka.source(framesTopic),
                                WatermarkStrategy.noWatermarks(),
                                "frames")
                        .uid("frames")
                        .process(new DecodeFrames(schemas), EventTypes.STREAM_EVENT)
                        .name("decode frames")
                        .uid("decode-frames");
        SingleOutputStreamOperator<StreamEvent> queries =
                environment
                        .fromSource(
                                kafka.source(queriesTopic),
                                WatermarkStrategy.noWatermarks(),
                                "queries")
                        .uid("queries")
                        .process(new DecodeQueries(schemas), EventTypes.STREAM_EVENT)
                        .name("decode queries")
                        .uid("decode-queries");

        SingleOutputStreamOperator<StreamEvent> named =
                frames.getSideOutput(DecodeFrames.STREAMS)
                        .union(queries.getSideOutput(DecodeQueries.OPEN))
                        .keyBy(event -> NameStreams.KEY, Types.STRING)
                        .process(
                                new NameStreams(limits(settings), settings.memory().historyAge()),
                                EventTypes.STREAM_EVENT)
                        .name("name streams")
                        .uid("name-streams")
                        .setParallelism(1);
        SingleOutputStreamOperator<EncodedEvent> encoded =
                frames.union(queries, named)
                        .keyBy(StreamEvent::stream)
                        .transform(
                                "encode frames",
                                EventTypes.ENCODED_EVENT,
                                new EncodeFramesFactory(
                                        leaser,
                                        settings.engine().frameQueue(),
                                        settings.engine().overload()))
                        .uid("encode-frames");
        KeySelector<EncodedEvent, String> byStream = EncodedEvent::stream;
        KeyedStream<EncodedEvent, String> keyed =
                DataStreamUtils.reinterpretAsKeyedStream(encoded, byStream);
        SingleOutputStreamOperator<Answer> answers =
                keyed.transform(
                                "fuse and generate",
                                EventTypes.ANSWER,
                                new FuseAndGenerateFactory(
                                        leaser,
                                        retention(settings),
                                        settings.memory().keyframes(),
                                        limits(settings),
                                        combineLimits(settings),
                                        OtherModel.valueOf(settings.memory().otherModel().name())))
                        .uid("fuse-and-generate");
        SingleOutputStreamOperator<Answer> combined =
                named.getSideOutput(NameStreams.COMBINED)
                        .union(answers.getSideOutput(FuseAndGenerateFactory.PARTS))
                        .keyBy(CombineEvent::key)
                        .transform(
                                "combine streams",
                                EventTypes.ANSWER,
                                new CombineStreamsFactory(
                                        leaser, limits(settings), combineLimits(settings)))
                        .uid("combine-streams");

        answers.union(
                        combined,
                        named.getSideOutput(NameStreams.REFUSALS),
                        queries.getSideOutput(DecodeQueries.REFUSALS))
                .sinkTo(kafka.answers())
                .name("answers")
                .uid("answers");
        frames.getSideOutput(DeadLetters.OUTPUT)
                .union(
                        queries.getSideOutput(DeadLetters.OUTPUT),
                        encoded.getSideOutput(DeadLetters.OUTPUT))
                .sinkTo(kafka.deadLetters())
                .name("dead letters")
                .uid("dead-letters");
    }

    private static Retention retention(Settings settings) {
        return new Retention(settings.memory().historyFrames(), settings.memory().historyAge());
    }

    private static CombineLimits combineLimits(Settings settings) {
        return new CombineLimits(
                settings.memory().combinedBytes().bytes(),
                settings.memory().combinedQuestions(),
                settings.engine().combineWait());
    }

    private static AnswerLimits limits(Settings settings) {
        return new AnswerLimits(
                settings.engine().maxQuestionLength(),
                settings.engine().maxTokens(),
                settings.engine().maxTokensCeiling(),
                settings.engine().citedFrames(),
                settings.memory().pendingQuestions(),
                settings.engine().answersAtOnce(),
                settings.memory().standingQuestions(),
                new ConversationLimits(
                        settings.memory().conversations(), settings.memory().conversationTurns()));
    }
}
