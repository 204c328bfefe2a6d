package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.schemas.SchemaArchive;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State is read by later versions, so the schema of what is written must be known to them. */
class StateSchemasTest {
    private static Schema current(String name) {
        return switch (name) {
            case "StreamHead" -> StreamHead.getClassSchema();
            case "PendingQuery" -> PendingQuery.getClassSchema();
            case "StreamPart" -> StreamPart.getClassSchema();
            case "CombinedQuestion" -> CombinedQuestion.getClassSchema();
            case "WaitingQuery" -> WaitingQuery.getClassSchema();
            case "AnsweredQuestion" -> AnsweredQuestion.getClassSchema();
            case "AnsweredOrder" -> AnsweredOrder.getClassSchema();
            default -> StandingQuery.getClassSchema();
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StreamHead",
                "PendingQuery",
                "StandingQuery",
                "StreamPart",
                "CombinedQuestion",
                "WaitingQuery",
                "AnsweredQuestion",
                "AnsweredOrder"
            })
    void todaysSchemaIsTheNewestPublishedOne(String name) {
        List<Schema> published = SchemaArchive.readVersions(StateCodecs.class, name);

        assertThat(published).isNotEmpty();
        assertThat(SchemaNormalization.toParsingForm(current(name)))
                .as(
                        "%s.avsc has changed: put the new one beside the old ones, as published/%s/%d.avsc",
                        name, name, published.size() + 1)
                .isEqualTo(SchemaNormalization.toParsingForm(published.get(published.size() - 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StreamHead",
                "PendingQuery",
                "StandingQuery",
                "StreamPart",
                "CombinedQuestion",
                "WaitingQuery",
                "AnsweredQuestion",
                "AnsweredOrder"
            })
    void todaysReaderReadsEveryPublishedVersion(String name) {
        for (Schema written : SchemaArchive.readVersions(StateCodecs.class, name)) {
            assertThat(
                            SchemaCompatibility.checkReaderWriterCompatibility(
                                            current(name), written)
                                    .getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        }
    }
}
