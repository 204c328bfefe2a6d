package dev.watchword.job.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.SafetensorsWriter;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import dev.watchword.tensor.ElementType;
import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps what is needed to go on after an interruption, in one file that is always whole. */
final class TrainingState {
    private static final String NOTE = "training";
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Path file;

    /**
     * How far training has come.
     *
     * @param stage from 0
     * @param step how many steps of the stage are done
     * @param seconds for how long it has run in all
     */
    record Progress(int stage, int step, double seconds) {}

    TrainingState(Path folder) {
        this.file = folder.resolve("state.safetensors");
    }

    /** Returns how far training had come when it was kept last. */
    Optional<Progress> progress() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SafetensorsFile kept = SafetensorsFile.open(file)) {
            return Optional.of(MAPPER.readValue(kept.metadata().get(NOTE), Progress.class));
        } catch (IOException e) {
            throw new IllegalStateException("The training's state " + file + " cannot be read", e);
        }
    }

    /** Keeps tensors of float32 by their names. */
    void keep(Progress progress, Map<String, Tensor> tensors) throws IOException {
        SafetensorsWriter writer =
                new SafetensorsWriter().note(NOTE, MAPPER.writeValueAsString(progress));
        tensors.forEach(
                (name, tensor) ->
                        writer.add(
                                name,
                                StoredType.F32,
                                Arrays.stream(tensor.shape()).boxed().toList(),
                                ByteBuffer.wrap(tensor.toBytes()).order(ByteOrder.LITTLE_ENDIAN)));
        Path unfinished = file.resolveSibling("state.unfinished");
        writer.write(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the kept tensors, owned by the scope. */
    Map<String, Tensor> tensors(TensorScope scope) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (SafetensorsFile kept = SafetensorsFile.open(file);
                TensorScope step = scope.child()) {
            for (TensorEntry entry : kept.tensors().values()) {
                long[] shape = entry.shape().stream().mapToLong(Long::longValue).toArray();
                float[] numbers =
                        step.bytes(kept.map(entry), ElementType.FLOAT32, shape).toFloats();
                tensors.put(entry.name(), scope.floats(numbers, shape));
            }
        }
        return tensors;
    }
}
