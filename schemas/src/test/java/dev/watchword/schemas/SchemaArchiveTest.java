package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaArchiveTest {
    static final List<Class<? extends SpecificRecord>> TYPES = RandomRecords.TYPES;
    private static final Path SOURCES = Path.of("src/main/avro");

    @TempDir private Path directory;

    @ParameterizedTest
    @FieldSource("TYPES")
    void theNewestPublishedVersionIsTheCurrentSchema(Class<? extends SpecificRecord> type)
            throws IOException {
        String name = type.getSimpleName();
        List<Schema> versions = SchemaArchive.readVersions(SchemaArchive.class, name);
        Path current = SOURCES.resolve(name + ".avsc");
        Schema newest = versions.get(versions.size() - 1);

        assertThat(withoutDocumentation(newest.toString()))
                .as(
                        "%s differs from the newest published version, published/%s/%d.avsc. If that one has been released, copy the file to %d.avsc beside it; if not, copy it over %d.avsc.",
                        current, name, versions.size(), versions.size() + 1, versions.size())
                .isEqualTo(withoutDocumentation(parse(current).toString()));
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void theClassAndTheFileHaveTheSameFingerprint(Class<? extends SpecificRecord> type)
            throws IOException {
        Schema ofClass = SpecificData.getForClass(type).getSchema(type);
        Schema ofFile = parse(SOURCES.resolve(type.getSimpleName() + ".avsc"));

        assertThat(ofClass.toString()).contains("avro.java.string");
        assertThat(SingleObject.fingerprint(ofClass)).isEqualTo(SingleObject.fingerprint(ofFile));
        assertThat(SchemaArchive.published().find(SingleObject.fingerprint(ofClass)))
                .contains(ofFile);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void everyPublishedVersionReadsEveryOther(Class<? extends SpecificRecord> type) {
        List<Schema> versions =
                SchemaArchive.readVersions(SchemaArchive.class, type.getSimpleName());
        for (Schema reader : versions) {
            for (Schema writer : versions) {
                assertThat(
                                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                                        .getType())
                        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void everyEnumHasADefaultForSymbolsToCome(Class<? extends SpecificRecord> type)
            throws IOException {
        JsonNode schema =
                new ObjectMapper()
                        .readTree(SpecificData.getForClass(type).getSchema(type).toString());

        assertThat(schema.findParents("symbols")).allMatch(node -> node.has("default"));
    }

    @Test
    void theFingerprintIsShownAsAvroToolsShowsIt() throws Exception {
        Schema schema = Query.getClassSchema();
        StringBuilder hex = new StringBuilder();
        for (byte part : SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema)) {
            hex.append(String.format("%02x", part));
        }

        assertThat(SingleObject.show(SingleObject.fingerprint(schema))).isEqualTo(hex.toString());
    }

    @Test
    void aDirectoryAddsItsSchemasAndLeavesTheOldArchiveAlone() throws IOException {
        Schema newer =
                SchemaEdits.of(Query.getClassSchema())
                        .with("Query", "{'name':'tags','type':'string','default':''}")
                        .schema();
        write("newer.avsc", newer.toString());
        write("same.avsc", Query.getClassSchema().toString());
        write("notes.txt", "not a schema");
        long fingerprint = SingleObject.fingerprint(newer);

        SchemaArchive archive = SchemaArchive.published().withDirectory(directory);

        assertThat(archive.find(fingerprint)).contains(newer);
        assertThat(archive.versions(newer.getFullName()))
                .hasSize(SchemaArchive.readVersions(SchemaArchive.class, "Query").size() + 1);
        assertThat(SchemaArchive.published().find(fingerprint)).isEmpty();
    }

    @Test
    void aFileThatIsNoSchemaIsNamed() throws IOException {
        write("broken.avsc", "{\"type\":\"record\"}");
        assertRefused("broken.avsc is not an Avro schema: ");

        write("broken.avsc", "{");
        assertRefused("broken.avsc is not an Avro schema: ");

        write("broken.avsc", "");
        assertRefused("broken.avsc is not an Avro schema: ");
    }

    @Test
    void aSchemaOfAnotherRecordIsRefused() throws IOException {
        write("scope.avsc", Scope.getClassSchema().toString());
        assertRefused(
                "scope.avsc is a schema of dev.watchword.schemas.Scope; only those of dev.watchword.schemas.Frame, ");

        write("scope.avsc", "\"string\"");
        assertRefused("scope.avsc is a schema of string; only those of ");
    }

    @Test
    void aSchemaThatTodaysReaderCannotReadIsRefused() throws IOException {
        Schema retyped =
                SchemaEdits.of(Query.getClassSchema())
                        .without("Query", "query_id")
                        .with("Query", "{'name':'query_id','type':'long'}")
                        .schema();
        write("retyped.avsc", retyped.toString());
        assertRefused(
                "retyped.avsc cannot be read as today's Query: reader type: STRING not compatible with writer type: LONG (at /fields/0/type)");
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> SchemaArchive.published().withDirectory(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> SchemaArchive.published().withDirectory(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static Schema parse(Path file) throws IOException {
        return new Schema.Parser().parse(Files.readString(file));
    }

    private static JsonNode withoutDocumentation(String schema) throws IOException {
        JsonNode root = new ObjectMapper().readTree(schema);
        root.findParents("doc").forEach(node -> ((ObjectNode) node).remove("doc"));
        return root;
    }
}
