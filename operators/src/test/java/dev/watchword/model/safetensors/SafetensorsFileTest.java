package dev.watchword.model.safetensors;

import static dev.watchword.model.safetensors.HandmadeFile.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("model.safetensors");
    }

    @Test
    void readsWhatTheReferenceImplementationWrote() throws Exception {
        Path golden =
                Path.of(
                        getClass()
                                .getResource("/goldens/llama31-1token/image.safetensors")
                                .toURI());
        try (SafetensorsFile file = SafetensorsFile.open(golden)) {
            TensorEntry ids = file.tensors().get("input_ids");
            assertThat(ids.type()).isEqualTo(StoredType.I64);
            assertThat(ids.shape()).containsExactly(19L);
            assertThat(file.map(ids).asLongBuffer().get(0)).isBetween(-200L, 127L);
            TensorEntry pixels = file.tensors().get("pixels");
            assertThat(pixels.shape()).containsExactly(1L, 1L, 3L, 56L, 56L);
            assertThat(pixels.byteLength()).isEqualTo(4L * 3 * 56 * 56);
            assertThat(file.map(pixels).asFloatBuffer().get(0)).isBetween(-3f, 3f);
        }
    }

    @Test
    void opensEveryGolden() throws Exception {
        Path goldens = Path.of(getClass().getResource("/goldens").toURI());
        try (Stream<Path> files = Files.walk(goldens)) {
            List<Path> tensorFiles =
                    files.filter(file -> file.toString().endsWith(".safetensors")).toList();
            assertThat(tensorFiles).hasSizeGreaterThan(10);
            for (Path tensorFile : tensorFiles) {
                try (SafetensorsFile file = SafetensorsFile.open(tensorFile)) {
                    assertThat(file.tensors()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void givesTypeShapeOffsetAndMetadata() throws IOException {
        HandmadeFile.write(
                path,
                "{'__metadata__':{'format':'pt'}," + tensor("a", "BF16", "[2,1]", 0, 4) + "}",
                4);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.metadata()).containsOnly(Map.entry("format", "pt"));
            TensorEntry entry = file.tensors().get("a");
            assertThat(entry)
                    .isEqualTo(
                            new TensorEntry(
                                    "a", StoredType.BF16, List.of(2L, 1L), entry.offset(), 4));
            assertThat(entry.offset()).isEqualTo(Files.size(path) - 4);
        }
    }

    @Test
    void mapsTheTensorsBytesReadOnlyAndLittleEndian() throws IOException {
        HandmadeFile.write(
                path,
                "{" + tensor("a", "U8", "[1]", 0, 1) + "," + tensor("b", "I32", "[1]", 1, 5) + "}",
                5);
        ByteBuffer bytes;
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            bytes = file.map(file.tensors().get("b"));
        }
        assertThat(bytes.isReadOnly()).isTrue();
        assertThat(bytes.position()).isZero();
        assertThat(bytes.remaining()).isEqualTo(4);
        assertThat(bytes.getInt(0)).isEqualTo(0x05040302);
    }

    @Test
    void takesEmptyTensorsSingleNumbersAndAnEmptyFile() throws IOException {
        HandmadeFile.write(
                path,
                "{"
                        + tensor("none", "F32", "[0,7]", 0, 0)
                        + ","
                        + tensor("one", "F32", "[]", 0, 4)
                        + "}",
                4);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.map(file.tensors().get("none")).remaining()).isZero();
            assertThat(file.map(file.tensors().get("one")).remaining()).isEqualTo(4);
        }
        HandmadeFile.write(path, "{}", 0);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.tensors()).isEmpty();
        }
    }

    @Test
    void ordersTensorsAsTheyLieInTheFile() throws IOException {
        HandmadeFile.write(
                path,
                "{"
                        + tensor("late", "U8", "[3]", 1, 4)
                        + ","
                        + tensor("early", "U8", "[1]", 0, 1)
                        + "}",
                4);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.tensors().keySet()).containsExactly("early", "late");
        }
    }

    @Test
    void refusesToMapMoreThanABufferHoldsButReadsBehindIt() throws IOException {
        long large = 3L << 30;
        HandmadeFile.write(
                path,
                "{"
                        + tensor("large", "U8", "[" + large + "]", 0, large)
                        + ","
                        + tensor("behind", "I16", "[1]", large, large + 2)
                        + "}",
                0);
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.seek(sparse.length() + large);
            sparse.write(new byte[] {1, 2});
        }
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.map(file.tensors().get("behind")).getShort(0))
                    .isEqualTo((short) 0x0201);
            assertThatExceptionOfType(ModelFileException.class)
                    .isThrownBy(() -> file.map(file.tensors().get("large")))
                    .withMessageContaining("\"large\"")
                    .withMessageContaining("2 GiB");
        }
    }

    @Test
    void refusesToMapATensorOfAnotherFile() throws IOException {
        HandmadeFile.write(path, "{" + tensor("a", "U8", "[1]", 0, 1) + "}", 1);
        TensorEntry foreign = new TensorEntry("a", StoredType.U8, List.of(1L), 0, 1);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThatIllegalArgumentException().isThrownBy(() -> file.map(foreign));
        }
    }

    @Test
    void namesAMissingFile() {
        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(() -> SafetensorsFile.open(path))
                .withMessage(path + ": is missing");
    }
}
