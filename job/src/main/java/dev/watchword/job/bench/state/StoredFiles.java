package dev.watchword.job.bench.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.TableProperties;

/**
 * RocksDB's files in an incremental checkpoint. Each holds entries of one state, and says of which.
 *
 * @param states what each file holds, by the file's name in RocksDB, which is never given twice; and
 *     in it by the state's name
 */
record StoredFiles(Map<String, Map.Entry<String, StoredState>> states) {
    static final StoredFiles NONE = new StoredFiles(Map.of());

    /**
     * Reads what the files say of themselves.
     *
     * @param checkpoint its directory
     * @param known the files of an earlier checkpoint, which need not be read again
     * @param working where files may be written
     */
    static StoredFiles of(Path checkpoint, StoredFiles known, Path working) throws IOException {
        Map<String, Map.Entry<String, StoredState>> states = new TreeMap<>();
        Path copy = Files.createTempFile(working, "state", ".sst");
        try {
            for (OperatorState operator : metadata(checkpoint).getOperatorStates()) {
                for (OperatorSubtaskState part : operator.getStates()) {
                    for (KeyedStateHandle keyed : part.getManagedKeyedState()) {
                        for (HandleAndLocalPath file : shared(keyed)) {
                            String name = file.getLocalPath();
                            if (known.states.containsKey(name)) {
                                states.put(name, known.states.get(name));
                            } else {
                                copy(file.getHandle(), copy);
                                states.put(name, describe(copy));
                            }
                        }
                    }
                }
            }
        } finally {
            Files.delete(copy);
        }
        return new StoredFiles(states);
    }

    private static CheckpointMetadata metadata(Path checkpoint) throws IOException {
        Path file = checkpoint.resolve("_metadata");
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return Checkpoints.loadCheckpointMetadata(
                    in, StoredFiles.class.getClassLoader(), checkpoint.toUri().toString());
        }
    }

    private static Iterable<HandleAndLocalPath> shared(KeyedStateHandle keyed) {
        if (keyed instanceof IncrementalRemoteKeyedStateHandle incremental) {
            return incremental.getSharedState();
        }
        throw new IllegalStateException("No incremental checkpoint: " + keyed);
    }

    private static void copy(StreamStateHandle from, Path to) throws IOException {
        try (InputStream in = from.openInputStream()) {
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Map.Entry<String, StoredState> describe(Path file) throws IOException {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            TableProperties told = reader.getTableProperties();
            return Map.entry(
                    new String(told.getColumnFamilyName(), StandardCharsets.UTF_8),
                    new StoredState(
                            Files.size(file), told.getNumEntries(), told.getNumDeletions()));
        } catch (RocksDBException e) {
            throw new IOException("A file of state that RocksDB cannot read: " + file, e);
        }
    }

    /** The files that an earlier checkpoint does not have. */
    StoredFiles without(StoredFiles earlier) {
        Map<String, Map.Entry<String, StoredState>> left = new TreeMap<>(states);
        left.keySet().removeAll(Set.copyOf(earlier.states.keySet()));
        return new StoredFiles(left);
    }

    /** These files and others. */
    StoredFiles and(StoredFiles others) {
        Map<String, Map.Entry<String, StoredState>> all = new TreeMap<>(states);
        all.putAll(others.states);
        return new StoredFiles(all);
    }

    /** What a state takes. */
    StoredState of(String state) {
        return states.values().stream()
                .filter(file -> file.getKey().equals(state))
                .map(Map.Entry::getValue)
                .reduce(StoredState.NOTHING, StoredState::plus);
    }

    /** What all states take together. */
    StoredState all() {
        return states.values().stream()
                .map(Map.Entry::getValue)
                .reduce(StoredState.NOTHING, StoredState::plus);
    }
}
