package dev.watchword.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;

/**
 * The writers' schemas that a reader knows, by fingerprint. A record tells only its schema's
 * fingerprint, so a record can be read when its schema is here.
 *
 * <p>An archive never changes and may be used by many threads at once.
 */
public final class SchemaArchive {
    /** The schemas of today's records, as their classes have them. */
    private static final List<Schema> CURRENT =
            List.of(
                    Frame.getClassSchema(),
                    Query.getClassSchema(),
                    Answer.getClassSchema(),
                    DeadLetter.getClassSchema());

    private static final SchemaArchive PUBLISHED =
            new SchemaArchive(Map.of()).with(SchemaArchive.class, CURRENT);

    private final Map<Long, Schema> byFingerprint;

    private SchemaArchive(Map<Long, Schema> byFingerprint) {
        this.byFingerprint = byFingerprint;
    }

    /** Every version of each record that was ever published with this library. */
    public static SchemaArchive published() {
        return PUBLISHED;
    }

    /**
     * This archive and the schemas in a directory's {@code .avsc} files: so is a reader taught what
     * a newer writer writes. Each file holds one whole schema of one of the records.
     *
     * @throws IOException when the directory or a file in it cannot be read
     * @throws IllegalArgumentException when a file holds no schema, one of another record, or one
     *     that today's reader cannot read; the message names the file
     */
    public SchemaArchive withDirectory(Path directory) throws IOException {
        Map<Long, Schema> schemas = new LinkedHashMap<>(byFingerprint);
        for (Path file : schemaFiles(directory)) {
            Schema schema = parse(file);
            schemas.putIfAbsent(SingleObject.fingerprint(schema), schema);
        }
        return new SchemaArchive(schemas);
    }

    /** The known schemas of the record of that full name: the published ones first, oldest first. */
    List<Schema> versions(String fullName) {
        return byFingerprint.values().stream()
                .filter(schema -> schema.getFullName().equals(fullName))
                .toList();
    }

    Optional<Schema> find(long fingerprint) {
        return Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /**
     * This archive and the published versions of further records.
     *
     * @param place the class beside which the versions are found, as resources {@code
     *     published/NAME/1.avsc} and so on
     * @param current the records' schemas of today
     */
    public SchemaArchive with(Class<?> place, List<Schema> current) {
        Map<Long, Schema> schemas = new LinkedHashMap<>(byFingerprint);
        for (Schema record : current) {
            for (Schema version : readVersions(place, record.getName())) {
                schemas.putIfAbsent(SingleObject.fingerprint(version), version);
            }
        }
        return new SchemaArchive(schemas);
    }

    /** The published versions of a record, numbered without a gap from 1. */
    public static List<Schema> readVersions(Class<?> place, String name) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            String resource = "published/%s/%d.avsc".formatted(name, version);
            try (InputStream text = place.getResourceAsStream(resource)) {
                if (text == null) {
                    return versions;
                }
                versions.add(new Schema.Parser().parse(text));
            } catch (IOException e) {
                throw new UncheckedIOException("the resource " + resource + " is unreadable", e);
            }
        }
    }

    private static SortedSet<Path> schemaFiles(Path directory) throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.avsc")) {
            found.forEach(files::add);
        }
        return files;
    }

    private static Schema parse(Path file) throws IOException {
        Schema schema;
        try {
            schema = new Schema.Parser().parse(Files.readString(file));
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "%s is not an Avro schema: %s".formatted(file, e.getMessage()), e);
        }
        requireReadable(schema, file);
        return schema;
    }

    private static void requireReadable(Schema written, Path file) {
        Schema reader = currentOf(written, file);
        SchemaPairCompatibility compatibility =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, written);
        if (compatibility.getType() != SchemaCompatibilityType.COMPATIBLE) {
            throw new IllegalArgumentException(
                    "%s cannot be read as today's %s: %s; update the reader, or undo that change in the writer"
                            .formatted(file, reader.getName(), describe(compatibility)));
        }
    }

    private static String describe(SchemaPairCompatibility compatibility) {
        return String.join(
                ", ",
                compatibility.getResult().getIncompatibilities().stream()
                        .map(each -> each.getMessage() + " (at " + each.getLocation() + ")")
                        .toList());
    }

    /** Today's schema of the record of which the written one is a version. */
    private static Schema currentOf(Schema written, Path file) {
        for (Schema current : CURRENT) {
            if (current.getFullName().equals(written.getFullName())) {
                return current;
            }
        }
        throw new IllegalArgumentException(
                "%s is a schema of %s; only those of %s belong here"
                        .formatted(file, written.getFullName(), currentNames()));
    }

    private static String currentNames() {
        return String.join(", ", CURRENT.stream().map(Schema::getFullName).toList());
    }
}
