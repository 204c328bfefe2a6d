package dev.watchword.integration.cluster;

import dev.watchword.job.kafka.KafkaConnection;
import dev.watchword.job.kafka.Topics;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.RecordCodecs;
import dev.watchword.schemas.RecordFormat;
import dev.watchword.schemas.UndecodableRecordException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A camera and a person at a broker whose topics have one partition. */
final class BrokerClient implements AutoCloseable {
    private static final int MAX_RECORD_BYTES = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SIDE = 64;

    private final Topics topics = Topics.defaults();
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;

    BrokerClient(KafkaConnection connection) {
        Map<String, Object> properties = connection.producer(MAX_RECORD_BYTES);
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        connection.consumer(MAX_RECORD_BYTES),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /** Publishes a picture of one colour. */
    void publish(String stream, long sequence)
            throws IOException, ExecutionException, InterruptedException {
        Frame frame =
                Frame.newBuilder()
                        .setStream(stream)
                        .setSequence(sequence)
                        .setCapturedAt(Instant.ofEpochSecond(sequence))
                        .setImage(ByteBuffer.wrap(picture(Color.getHSBColor(sequence / 7f, 1, 1))))
                        .setMediaType("image/png")
                        .build();
        byte[] value = RecordCodecs.of(Frame.class, RecordFormat.AVRO).encode(frame);
        producer.send(new ProducerRecord<>(topics.frames(), stream.getBytes(), value)).get();
    }

    private static byte[] picture(Color colour) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, SIDE, SIDE);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** Asks, and waits for the answer. */
    Answer ask(String queryId, String stream, String question)
            throws ExecutionException, InterruptedException, UndecodableRecordException {
        Query query =
                Query.newBuilder()
                        .setQueryId(queryId)
                        .setStream(stream)
                        .setText(question)
                        .setMaxTokens(8)
                        .build();
        byte[] value = RecordCodecs.of(Query.class, RecordFormat.AVRO).encode(query);
        producer.send(new ProducerRecord<>(topics.queries(), stream.getBytes(), value)).get();
        return awaitAnswer(queryId);
    }

    private Answer awaitAnswer(String queryId) throws UndecodableRecordException {
        TopicPartition answers = new TopicPartition(topics.answers(), 0);
        consumer.assign(List.of(answers));
        consumer.seekToBeginning(List.of(answers));
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < PATIENCE.toNanos()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Answer answer =
                        RecordCodecs.of(Answer.class, RecordFormat.AVRO).decode(record.value());
                if (answer.getQueryId().equals(queryId)) {
                    return answer;
                }
            }
        }
        throw new AssertionError("No answer to " + queryId + " within " + PATIENCE);
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
