package dev.watchword.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        write("{'__metadata__':{'format':'pt'}," + tensor("a", "BF16", "[2,1]", 0, 4) + "}", 4);
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
        write(
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
        write(
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
        write("{}", 0);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.tensors()).isEmpty();
        }
    }

    @Test
    void ordersTensorsAsTheyLieInTheFile() throws IOException {
        write(
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
        write(
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
        write("{" + tensor("a", "U8", "[1]", 0, 1) + "}", 1);
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

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        write("{" + tensor("a", "F32", "[2]", 0, 8) + "}", 8);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertRefused("");
        }
    }

    @Test
    void refusesHeaderLengthsThatLie() throws IOException {
        for (long claimed : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001}) {
            writeRaw(claimed, "{}".getBytes(StandardCharsets.UTF_8), 0);
            assertRefused("claims a header of " + Long.toUnsignedString(claimed) + " bytes");
        }
        writeRaw(100_000_000, "{}".getBytes(StandardCharsets.UTF_8), 0);
        assertRefused("is cut off: its header ends at byte 100000008");
        writeRaw(0, new byte[0], 0);
        assertRefused("does not start with '{'");
    }

    @Test
    void refusesHeadersThatAreNotUtf8() throws IOException {
        byte[] header =
                "{'__metadata__':{'a':'?'}}".replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        header[header.length - 4] = (byte) 0xFF;
        writeRaw(header.length, header, 0);
        assertRefused("not UTF-8");
        byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);
        writeRaw(wide.length, wide, 0);
        assertRefused("not the format's JSON");
    }

    static Stream<Arguments> lies() {
        String good = tensor("a", "U8", "[1]", 0, 1);
        return Stream.of(
                lie("{" + good, 1, "not the format's JSON"),
                lie("{" + good + "}x", 1, "not the format's JSON"),
                lie("{" + good + "}{}", 1, "has text after the header's JSON"),
                lie(" {" + good + "}", 1, "does not start with '{'"),
                lie("[]", 0, "does not start with '{'"),
                lie("{'a':" + "[".repeat(1_000_000), 0, "is not described by an object"),
                lie("{'a':{'x':" + "[".repeat(1_000_000), 0, "not the format's JSON"),
                lie("{" + good + "," + good + "}", 1, "Duplicate field 'a'"),
                lie("{'a':{'dtype':'U8','dtype':'U8'}}", 1, "Duplicate field 'dtype'"),
                lie("{'a':7}", 1, "tensor \"a\" is not described by an object"),
                lie("{'a':null}", 1, "tensor \"a\" is not described by an object"),
                lie("{'__metadata__':7}", 0, "metadata that is not an object"),
                lie("{'__metadata__':{'a':7}}", 0, "metadata that is not text"),
                lie("{'a':{'shape':[1],'data_offsets':[0,1]}}", 1, "has no dtype"),
                lie("{'a':{'dtype':'U8','data_offsets':[0,1]}}", 1, "has no shape"),
                lie("{'a':{'dtype':'U8','shape':[1]}}", 1, "has no data_offsets"),
                lie("{" + tensor("a", "F31", "[1]", 0, 1) + "}", 1, "unknown type \"F31\""),
                lie("{'a':{'dtype':8,'shape':[1],'data_offsets':[0,1]}}", 1, "not text"),
                lie("{" + tensor("a", "U8", "[-1]", 0, 1) + "}", 1, "whole numbers"),
                lie("{" + tensor("a", "U8", "[1.0]", 0, 1) + "}", 1, "whole numbers"),
                lie("{" + tensor("a", "U8", "['1']", 0, 1) + "}", 1, "whole numbers"),
                lie("{" + tensor("a", "U8", "[[1]]", 0, 1) + "}", 1, "whole numbers"),
                lie("{" + tensor("a", "U8", "1", 0, 1) + "}", 1, "not an array"),
                lie(
                        "{" + tensor("a", "U8", "[99999999999999999999]", 0, 1) + "}",
                        1,
                        "whole numbers"),
                lie(
                        "{" + tensor("a", "U8", "[4294967296,4294967296]", 0, 0) + "}",
                        0,
                        "larger than any file"),
                lie(
                        "{" + tensor("a", "F64", "[2305843009213693952]", 0, 0) + "}",
                        0,
                        "larger than any file"),
                lie(
                        "{" + tensor("a", "U8", "[" + "1,".repeat(70) + "1]", 0, 1) + "}",
                        1,
                        "more than 64 numbers"),
                lie("{" + tensor("a", "U8", "[1]", 1, 0) + "}", 1, "[first byte, end]"),
                lie("{'a':{'dtype':'U8','shape':[1],'data_offsets':[0]}}", 1, "[first byte, end]"),
                lie("{" + tensor("a", "F32", "[1]", 0, 1) + "}", 1, "needs 4"),
                lie("{" + tensor("a", "U8", "[2]", 0, 2) + "}", 1, "ends at byte"),
                lie(
                        "{" + tensor("a", "U8", "[9223372036854775807]", 0, Long.MAX_VALUE) + "}",
                        1,
                        "ends beyond any file"),
                lie("{" + good + "}", 2, "1 bytes at its end that belong to no tensor"),
                lie("{" + tensor("a", "U8", "[1]", 1, 2) + "}", 2, "belong to no tensor"),
                lie(
                        "{" + good + "," + tensor("b", "U8", "[1]", 2, 3) + "}",
                        3,
                        "tensor \"b\" comes after bytes that belong to no tensor"),
                lie(
                        "{"
                                + tensor("a", "U8", "[2]", 0, 2)
                                + ","
                                + tensor("b", "U8", "[2]", 1, 3)
                                + "}",
                        3,
                        "tensor \"b\" overlaps"),
                lie("{" + good + "," + tensor("b", "U8", "[1]", 0, 1) + "}", 1, "overlaps"));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void refusesHeadersThatLie(String header, int dataBytes, String problem) throws IOException {
        write(header, dataBytes);
        assertRefused(problem);
    }

    private void assertRefused(String problem) {
        assertThatExceptionOfType(ModelFileException.class)
                .isThrownBy(() -> SafetensorsFile.open(path).close())
                .withMessageStartingWith(path.toString())
                .withMessageContaining(problem);
    }

    private static Arguments lie(String header, int dataBytes, String problem) {
        return Arguments.of(header, dataBytes, problem);
    }

    private static String tensor(String name, String type, String shape, long start, long end) {
        return String.format(
                "'%s':{'dtype':'%s','shape':%s,'data_offsets':[%d,%d]}",
                name, type, shape, start, end);
    }

    private void write(String header, int dataBytes) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        writeRaw(json.length, json, dataBytes);
    }

    /** The data are the numbers from 1. */
    private void writeRaw(long claimed, byte[] header, int dataBytes) throws IOException {
        ByteBuffer file =
                ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(claimed).put(header);
        for (int index = 0; index < dataBytes; index++) {
            file.put((byte) (index + 1));
        }
        Files.write(path, file.array());
    }
}
