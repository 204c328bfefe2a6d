package dev.watchword.job.topology;

import dev.watchword.schemas.SchemaArchive;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where the schemas of writers are found: those that are published with this version, and those in
 * a directory, where one is set.
 *
 * @param directory its path; empty sets none
 */
record SchemaSource(String directory) implements Serializable {
    SchemaArchive archive() throws IOException {
        SchemaArchive published = SchemaArchive.published();
        return directory.isEmpty() ? published : published.withDirectory(Path.of(directory));
    }
}
