package dev.watchword.model.safetensors;

import static dev.watchword.model.safetensors.HandmadeFile.tensor;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a header can be wrong is told by file, and by tensor where there is one. */
class LyingHeaderTest {
    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("model.safetensors");
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        HandmadeFile.write(path, "{" + tensor("a", "F32", "[2]", 0, 8) + "}", 8);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertRefused("");
        }
    }

    @Test
    void refusesHeaderLengthsThatLie() throws IOException {
        for (long claimed : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001}) {
            HandmadeFile.writeRaw(path, claimed, "{}".getBytes(StandardCharsets.UTF_8), 0);
            assertRefused("claims a header of " + Long.toUnsignedString(claimed) + " bytes");
        }
        HandmadeFile.writeRaw(path, 100_000_000, "{}".getBytes(StandardCharsets.UTF_8), 0);
        assertRefused("is cut off: its header ends at byte 100000008");
        HandmadeFile.writeRaw(path, 0, new byte[0], 0);
        assertRefused("does not start with '{'");
    }

    @Test
    void refusesHeadersThatAreNotUtf8() throws IOException {
        byte[] header =
                "{'__metadata__':{'a':'?'}}".replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        header[header.length - 4] = (byte) 0xFF;
        HandmadeFile.writeRaw(path, header.length, header, 0);
        assertRefused("not UTF-8");
        byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);
        HandmadeFile.writeRaw(path, wide.length, wide, 0);
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
        HandmadeFile.write(path, header, dataBytes);
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
}
