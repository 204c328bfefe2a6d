package dev.watchword.integration.upgrade;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/**
 * What a version of the job keeps, in words: {@code state OPERATOR NAME} for every state of an
 * operator, and {@code schema NAME VERSION} for every schema of what is in them.
 *
 * @param lines sorted
 */
record KeptState(List<String> lines) {
    private static final List<Path> SCHEMAS =
            List.of(
                    published("operators", "dev/watchword/memory"),
                    // Questions are kept as they were asked.
                    published("schemas", "dev/watchword/schemas").resolve("Query"));

    private static Path published(String module, String folder) {
        return Path.of("..", module, "src/main/resources", folder, "published");
    }

    /**
     * What today's version keeps.
     *
     * @param savepoint one that it wrote, in the format that every state backend reads
     */
    static KeptState of(Path savepoint) throws IOException {
        SortedSet<String> lines = new TreeSet<>();
        for (Path place : SCHEMAS) {
            addSchemas(place, lines);
        }
        try (DataInputStream metadata =
                new DataInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
            for (OperatorState operator :
                    Checkpoints.loadCheckpointMetadata(
                                    metadata,
                                    KeptState.class.getClassLoader(),
                                    savepoint.toUri().toString())
                            .getOperatorStates()) {
                String name = operator.getOperatorUid().orElseThrow();
                for (OperatorSubtaskState subtask : operator.getStates()) {
                    names(subtask).forEach(state -> lines.add("state " + name + " " + state));
                }
            }
        }
        return new KeptState(List.copyOf(lines));
    }

    /** Adds the newest version of each schema below a directory. */
    private static void addSchemas(Path directory, SortedSet<String> lines) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.getFileName().toString().endsWith(".avsc"))
                    .map(Path::getParent)
                    .distinct()
                    .forEach(schema -> lines.add(newest(schema)));
        }
    }

    private static String newest(Path schema) {
        try (Stream<Path> versions = Files.list(schema)) {
            return "schema %s %d".formatted(schema.getFileName(), versions.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(OperatorSubtaskState subtask) throws IOException {
        List<String> names = new ArrayList<>();
        subtask.getManagedOperatorState()
                .forEach(state -> names.addAll(state.getStateNameToPartitionOffsets().keySet()));
        for (KeyedStateHandle state : subtask.getManagedKeyedState()) {
            try (FSDataInputStream in = ((KeyGroupsStateHandle) state).openInputStream()) {
                KeyedBackendSerializationProxy<?> header =
                        new KeyedBackendSerializationProxy<>(KeptState.class.getClassLoader());
                header.read(new DataInputViewStreamWrapper(in));
                header.getStateMetaInfoSnapshots().stream()
                        .map(StateMetaInfoSnapshot::getName)
                        .forEach(names::add);
            }
        }
        return names;
    }

    static KeptState read(Path file) throws IOException {
        return new KeptState(Files.readAllLines(file));
    }

    void write(Path file) throws IOException {
        Files.write(file, lines);
    }
}
