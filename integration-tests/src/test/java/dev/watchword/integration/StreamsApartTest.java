package dev.watchword.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.rig.DirectModel;
import dev.watchword.integration.rig.JobUnderTest;
import dev.watchword.integration.rig.KafkaUnderTest;
import dev.watchword.integration.rig.TestModel;
import dev.watchword.integration.rig.TestPictures;
import dev.watchword.integration.rig.TopicsUnderTest;
import dev.watchword.model.Sampling;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many streams through the same two parallel parts of a job, and the same batches. The answers are
 * sampled with one seed: so they differ where the frames do, if only a little.
 */
class StreamsApartTest {
    @RegisterExtension static final KafkaUnderTest KAFKA = new KafkaUnderTest();

    private static final String QUESTION = "Who is at the door?";
    private static final int TOKENS = 24;
    private static final Sampling SAMPLING = new Sampling(1, 1, 5);

    private static TopicsUnderTest topics;
    private static JobUnderTest job;
    private static DirectModel direct;

    @BeforeAll
    static void start() throws InterruptedException {
        topics = new TopicsUnderTest(KAFKA.bootstrap());
        job =
                JobUnderTest.start(
                        topics,
                        TestModel.TINY,
                        "job.parallelism=2",
                        "engine.batch-frames=8",
                        "engine.batch-wait=20 ms");
        direct = new DirectModel(TestModel.TINY);
    }

    @AfterAll
    static void stop() {
        direct.close();
        job.close();
        topics.close();
    }

    @Test
    void streamsThatAreAskedTheSameAnswerFromTheirOwnFrames() {
        List<String> streams = IntStream.range(0, 6).mapToObj(i -> "door-" + i).toList();
        for (long sequence = 1; sequence <= 8; sequence++) {
            for (String stream : streams) {
                topics.publish(stream, sequence, sequence);
            }
        }
        streams.forEach(stream -> topics.awaitRemembered(stream, 8));

        List<Query> queries = streams.stream().map(stream -> topics.ask(question(stream))).toList();

        List<String> texts = new ArrayList<>();
        for (Query query : queries) {
            Answer answer = topics.answer(query);
            assertThat(answer.getFrames().getCount()).isEqualTo(8);
            assertThat(answer.getText()).isEqualTo(textOf(query.getStream(), 8));
            texts.add(answer.getText());
        }
        assertThat(texts).doesNotHaveDuplicates();
    }

    @Test
    void aQuestionToSeveralStreamsIsAnsweredByEachForItself() {
        topics.publish("north", 1, 3);
        topics.publish("south", 1, 5);
        topics.awaitRemembered("north", 3);
        topics.awaitRemembered("south", 5);

        Query query = topics.ask(question("").setStreams(List.of("north", "south")));

        Answer north = topics.answer(query, "north");
        Answer south = topics.answer(query, "south");
        assertThat(north.getText()).isEqualTo(textOf("north", 3)).isNotEqualTo(south.getText());
        assertThat(south.getText()).isEqualTo(textOf("south", 5));
        assertThat(north.getAnswerId()).isEqualTo(AnswerId.of(query.getQueryId(), "north"));
        assertThat(south.getAnswerId()).isEqualTo(AnswerId.of(query.getQueryId(), "south"));
    }

    @Test
    void answersAreTheSameWhetherFramesCameOneByOneOrInABurst() {
        List<byte[]> pictures =
                LongStream.rangeClosed(1, 9).mapToObj(n -> TestPictures.of("gate", n)).toList();
        for (int i = 0; i < pictures.size(); i++) {
            topics.publish(TopicsUnderTest.frame("slow", i + 1, pictures.get(i)));
            topics.awaitRemembered("slow", i + 1);
        }
        for (int i = 0; i < pictures.size(); i++) {
            topics.publish(TopicsUnderTest.frame("burst", i + 1, pictures.get(i)));
            topics.publish("beside-1", i + 1, i + 1);
            topics.publish("beside-2", i + 1, i + 1);
        }
        topics.awaitRemembered("burst", pictures.size());

        Answer slow = topics.askAndAwait(question("slow"));
        Answer burst = topics.askAndAwait(question("burst"));

        assertThat(burst.getText())
                .isEqualTo(slow.getText())
                .isEqualTo(direct.answer(pictures.stream(), QUESTION, SAMPLING, TOKENS));
    }

    private static Query.Builder question(String stream) {
        return topics.question(stream, QUESTION)
                .setTemperature(SAMPLING.temperature())
                .setTopP(SAMPLING.topP())
                .setSeed(SAMPLING.seed());
    }

    private static String textOf(String stream, long frames) {
        return direct.answer(
                LongStream.rangeClosed(1, frames).mapToObj(n -> TestPictures.of(stream, n)),
                QUESTION,
                SAMPLING,
                TOKENS);
    }
}
