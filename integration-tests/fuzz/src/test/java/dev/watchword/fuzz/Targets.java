package dev.watchword.fuzz;

import dev.watchword.job.camera.CamerasFile;
import dev.watchword.job.camera.CamerasFileException;
import dev.watchword.model.ModelConfigReader;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.safetensors.SafetensorsFile;
import dev.watchword.model.safetensors.SafetensorsWriter;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorEntry;
import dev.watchword.model.text.Tokenizer;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.DeadLetter;
import dev.watchword.schemas.Frame;
import dev.watchword.schemas.Query;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All that reads what others wrote. */
enum Targets {
    FRAME {
        @Override
        Target in(Path directory) {
            return new RecordTarget<>(Frame.class, SampleRecords.frames());
        }
    },
    QUERY {
        @Override
        Target in(Path directory) {
            return new RecordTarget<>(Query.class, SampleRecords.queries());
        }
    },
    ANSWER {
        @Override
        Target in(Path directory) {
            return new RecordTarget<>(Answer.class, SampleRecords.answers());
        }
    },
    DEAD_LETTER {
        @Override
        Target in(Path directory) {
            return new RecordTarget<>(DeadLetter.class, SampleRecords.deadLetters());
        }
    },
    PICTURE {
        @Override
        Target in(Path directory) {
            return new PictureTarget();
        }
    },
    SAFETENSORS {
        @Override
        Target in(Path directory) throws IOException {
            Path sample = directory.resolve("sample.safetensors");
            new SafetensorsWriter()
                    .note("format", "pt")
                    .add("weight", StoredType.F32, List.of(2L, 3L), ByteBuffer.allocate(24))
                    .add("bias", StoredType.BF16, List.of(3L), ByteBuffer.allocate(6))
                    .add("mask", StoredType.BOOL, List.of(), ByteBuffer.allocate(1))
                    .write(sample);
            return new FileTarget(
                    directory.resolve("model.safetensors"),
                    List.of(Files.readAllBytes(sample)),
                    SafetensorsMutations.ALL,
                    4 << 20,
                    ModelFileException.class,
                    Targets::mapAll);
        }
    },
    MODEL_CONFIG {
        @Override
        Target in(Path directory) throws IOException {
            return new FileTarget(
                    directory.resolve("config.json"),
                    List.of(Files.readAllBytes(untrained(directory).resolve("config.json"))),
                    TextMutations.ALL,
                    8 << 20,
                    ModelFileException.class,
                    file -> ModelConfigReader.read(file, Optional.empty(), Optional.empty()));
        }
    },
    TOKENIZER {
        @Override
        Target in(Path directory) throws IOException {
            return new FileTarget(
                    directory.resolve("tokenizer.json"),
                    List.of(Files.readAllBytes(untrained(directory).resolve("tokenizer.json"))),
                    TextMutations.ALL,
                    32 << 20,
                    ModelFileException.class,
                    file -> Tokenizer.open(file).close());
        }
    },
    CAMERAS {
        @Override
        Target in(Path directory) {
            return new FileTarget(
                    directory.resolve("cameras.yaml"),
                    List.of(CAMERAS_FILE.getBytes(StandardCharsets.UTF_8)),
                    TextMutations.ALL,
                    32 << 20,
                    CamerasFileException.class,
                    CamerasFile::read);
        }
    };

    private static final String CAMERAS_FILE =
            """
            defaults:
              fps: 1
              width: 640
            cameras:
              - stream: gate
                source: rtsp://192.0.2.7/live
                options: {rtsp_transport: "tcp"}
              - stream: "hall"
                source: hall.mp4
                loop: true
                start: 2026-05-01T12:00:00Z
                patience: 2.5
            """;

    /**
     * Makes the target.
     *
     * @param directory for its files
     */
    abstract Target in(Path directory) throws IOException;

    private static Path untrained(Path directory) throws IOException {
        Path model = directory.resolve("model");
        UntrainedModel.of(UntrainedShapes.tiny(), 1).write(model);
        return model;
    }

    /** Every tensor of a file that is taken can be read. */
    private static void mapAll(Path path) {
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (TensorEntry entry : file.tensors().values()) {
                if (file.map(entry).remaining() != entry.byteLength()) {
                    throw new AssertionError("Not all of it is mapped: " + entry);
                }
            }
        }
    }
}
