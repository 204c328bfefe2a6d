package dev.watchword.job.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.schemas.RecordFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    @TempDir Path directory;

    @Test
    void aFlagWinsOverTheFileAndTheFileOverTheDefault() throws IOException {
        Path file =
                write(
                        """
                        engine:
                          batch-frames: 32
                          max-tokens: 128
                        """);

        Settings settings =
                SettingsReader.read(
                        Optional.of(file),
                        List.of(Flag.set("engine.batch-frames=64")),
                        Environment.empty());

        assertThat(settings.engine().batchFrames()).isEqualTo(64);
        assertThat(settings.engine().maxTokens()).isEqualTo(128);
        assertThat(settings.engine().answersAtOnce()).isEqualTo(4);
    }

    @Test
    void theLastOfTwoFlagsWins() {
        assertThat(readFlags("job.name=first", "job.name=second").job().name()).isEqualTo("second");
    }

    @Test
    void everyTypeIsReadFromTheFile() throws IOException {
        Settings settings =
                readFile(
                        """
                        kafka:
                          bootstrap: one:9092, two:9092
                          topics:
                            frames: cameras
                          create-topics: false
                          queries-format: json
                          delivery: exactly-once
                          max-record-size: 16 MiB
                          schema-directory: /etc/watchword/schemas
                        model:
                          chat-template: llama-3.1
                          device: cuda:1
                        engine:
                          batch-wait: 500 ms
                          max-picture-pixels: 1_000_000
                          uri-allow:
                            - https://a.example/
                            - https://b.example/a,b
                        memory:
                          # everything below is left at its default
                        """);

        assertThat(settings.kafka().bootstrap()).isEqualTo("one:9092, two:9092");
        assertThat(settings.kafka().topics().frames()).isEqualTo("cameras");
        assertThat(settings.kafka().topics().queries()).isEqualTo("watchword.queries");
        assertThat(settings.kafka().createTopics()).isFalse();
        assertThat(settings.kafka().queriesFormat()).isEqualTo(RecordFormat.JSON);
        assertThat(settings.kafka().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(settings.kafka().maxRecordSize()).isEqualTo(DataSize.ofMebibytes(16));
        assertThat(settings.kafka().schemaDirectory()).contains(Path.of("/etc/watchword/schemas"));
        assertThat(settings.model().chatTemplate()).isEqualTo(ChatTemplateChoice.LLAMA_3_1);
        assertThat(settings.model().device()).isEqualTo("cuda:1");
        assertThat(settings.engine().batchWait()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.engine().maxPicturePixels()).isEqualTo(1_000_000);
        assertThat(settings.engine().uriAllow())
                .containsExactly("https://a.example/", "https://b.example/a,b");
        assertThat(settings.memory()).isEqualTo(Settings.defaults().memory());
    }

    @Test
    void aListOnTheCommandLineHasCommas() {
        assertThat(readFlags("engine.uri-allow=https://a/, https://b/").engine().uriAllow())
                .containsExactly("https://a/", "https://b/");
    }

    @Test
    void anEmptyFileLeavesEveryDefault() throws IOException {
        assertThat(readFile("# nothing yet\n")).isEqualTo(Settings.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kafka.bootstrap=broker              | be 'embedded', or HOST:PORT and more of them behind commas
                    kafka.bootstrap=a:1,b               | be 'embedded', or HOST:PORT and more of them behind commas
                    kafka.embedded-port=70000           | be from 0 to 65535
                    kafka.topics.frames=a b             | be a name for a topic: 1 to 249 letters, digits and '.', '_', '-'
                    kafka.topics.frames=watchword.queries | differ from the other topics' names, and they from each other
                    kafka.partitions=0                  | be from 1 to 10000
                    kafka.replication=three             | be a whole number
                    kafka.create-topics=yes             | be true or false
                    kafka.group=a b                     | be 1 to 200 characters without blanks
                    kafka.delivery=at-most-once         | be one of at-least-once, exactly-once
                    kafka.transaction-timeout=0 ms      | be longer than 0
                    kafka.max-record-size=1 kib         | be from 64 kib to 1 gib
                    kafka.max-record-size=8 apples      | be a whole number with a unit of size, such as 64 kb, 8 mb or 1 gb
                    kafka.answers-format=xml            | be one of avro, json
                    kafka.start-from=now                | be one of committed-else-earliest, latest, earliest
                    kafka.broker-wait=soon              | be a number with a unit of time, such as 500 ms, 10 s, 5 min, 2 h or 1 d
                    kafka.broker-wait=10                | be a number with a unit of time, such as 500 ms, 10 s, 5 min, 2 h or 1 d
                    model.precision=float16             | be one of auto, float32, bfloat16
                    model.device=gpu                    | be auto, cpu, cuda, or cuda:NUMBER
                    model.chat-template=llama           | be one of auto, llama-3.1, llama-3, vicuna, plain
                    model.threads=-1                    | be from 0 to 4096
                    engine.batch-frames=0               | be from 1 to 4096
                    engine.batch-frames=9999999999      | be a whole number
                    engine.frame-queue=15               | be from 16 to 1000000
                    engine.decode-threads=0             | be from 1 to 1024
                    engine.answers-at-once=0            | be from 1 to 4096
                    engine.max-question-length=0        | be from 1 to 1000000
                    engine.max-tokens=2000              | be from 1 to 1024
                    engine.max-picture-pixels=0         | be from 1 to 1073741824
                    engine.max-picture-bytes=0 b        | be from 1 b to 1 gib
                    engine.uri-timeout=0 ms             | be longer than 0
                    memory.history-frames=0             | be at least 1
                    memory.keyframes-recent=0           | be from 1 to 10000
                    memory.keyframes-sample=-1          | be from 0 to 10000
                    memory.pending-questions=0          | be from 1 to 1000000
                    job.parallelism=0                   | be from 1 to 32768
                    job.checkpoint-interval=0 ms        | be longer than 0
                    job.checkpoint-directory=somewhere  | be an address, such as file:///var/lib/watchword
                    job.state-backend=forst             | be one of rocksdb, hashmap
                    job.restart-attempts=-1             | be at least 0
                    """)
    void aBadValueIsRefusedWithItsKeyItsOriginAndWhatIsAllowed(String assignment, String allowed) {
        String key = assignment.substring(0, assignment.indexOf('='));
        String value = assignment.substring(assignment.indexOf('=') + 1);

        assertThatThrownBy(() -> readFlags(assignment))
                .isInstanceOf(SettingsException.class)
                .hasMessage("%s is '%s' (flag --set); it must %s", key, value, allowed);
    }

    @Test
    void aBadItemOfAListIsNamed() {
        assertThatThrownBy(() -> readFlags("engine.uri-allow=https://a/,cameras"))
                .hasMessage(
                        "engine.uri-allow is 'cameras' (flag --set); it must hold beginnings of addresses, such as https://cameras.example/");
    }

    @Test
    void aBadValueInTheFileIsNamedWithItsLine() {
        assertThatThrownBy(
                        () ->
                                readFile(
                                        """
                                        engine:

                                          batch-frames: many
                                        """))
                .hasMessage(
                        "engine.batch-frames is 'many' (%s, line 3); it must be a whole number",
                        directory.resolve("watchword.yaml"));
    }

    @Test
    void anOwnFlagIsNamedAsItIsWritten() {
        assertThatThrownBy(
                        () ->
                                SettingsReader.read(
                                        Optional.empty(),
                                        List.of(new Flag("--bootstrap", "kafka.bootstrap", "x")),
                                        Environment.empty()))
                .hasMessageStartingWith("kafka.bootstrap is 'x' (flag --bootstrap)");
    }

    @Test
    void aDefaultThatNoLongerFitsIsCalledOne() {
        assertThatThrownBy(() -> readFlags("engine.max-tokens-ceiling=10"))
                .hasMessage("engine.max-tokens is '64' (default); it must be from 1 to 10");
    }

    @Test
    void aTransactionMustOutliveACheckpointInterval() {
        assertThatThrownBy(
                        () ->
                                readFlags(
                                        "kafka.delivery=exactly-once",
                                        "job.checkpoint-interval=1 h"))
                .hasMessage(
                        "kafka.transaction-timeout is '15 min' (default); it must be longer than job.checkpoint-interval, which is 1 h");
        assertThat(readFlags("job.checkpoint-interval=1 h").job().checkpointInterval())
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({
        "engine.batch-framse, engine.batch-frames",
        "engine.batchFrames, engine.batch-frames",
        "engin.max-tokens, engine.max-tokens",
        "batch-frames, engine.batch-frames",
        "kafka.frames, kafka.topics.frames",
        "kafka.boostrap, kafka.bootstrap",
        "engine.batch-frames.size, engine.batch-frames"
    })
    void anUnknownKeyIsRefusedWithTheNearestOne(String unknown, String nearest) {
        assertThatThrownBy(() -> readFlags(unknown + "=1"))
                .hasMessage(
                        "there is no setting %s (flag --set); did you mean %s?", unknown, nearest);
    }

    @Test
    void aGroupIsNotAValue() {
        assertThatThrownBy(() -> readFlags("kafka=here:1"))
                .hasMessage("kafka (flag --set) is a group of settings; give the settings in it");
    }

    @Test
    void whatFollowsSetMustBeAnAssignment() {
        assertThatThrownBy(() -> Flag.set("engine.batch-frames"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--set needs KEY=VALUE")
                .hasMessageContaining("'engine.batch-frames'");
    }

    private Settings readFile(String text) throws IOException {
        return SettingsReader.read(Optional.of(write(text)), List.of(), Environment.empty());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("watchword.yaml"), text);
    }

    private static Settings readFlags(String... assignments) {
        return SettingsReader.read(
                Optional.empty(),
                Arrays.stream(assignments).map(Flag::set).toList(),
                Environment.empty());
    }
}
