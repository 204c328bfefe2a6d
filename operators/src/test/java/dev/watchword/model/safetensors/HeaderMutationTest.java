package dev.watchword.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bytes of a file are, it is opened whole and consistent, or refused. */
class HeaderMutationTest {
    private static final int MUTATIONS = 20_000;
    private static final byte[] TELLING =
            "0123456789{}[],:\"\\-.eEFIBUnull \u0000".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path directory;

    @Test
    void mutatedHeadersAreValidOrRefused() throws IOException {
        byte[] original = smallFile();
        Path path = directory.resolve("mutated.safetensors");
        Random random = new Random(2);
        int valid = 0;
        int refused = 0;
        try (RandomAccessFile content = new RandomAccessFile(path.toFile(), "rw")) {
            for (int round = 0; round < MUTATIONS; round++) {
                byte[] mutated = mutate(original, random);
                content.seek(0);
                content.write(mutated);
                content.setLength(mutated.length);
                try (SafetensorsFile file = SafetensorsFile.open(path)) {
                    assertConsistent(file, mutated.length);
                    valid++;
                } catch (ModelFileException refusal) {
                    assertThat(refusal.getMessage()).startsWith(path.toString());
                    refused++;
                }
            }
        }
        assertThat(valid).isPositive();
        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    private byte[] smallFile() throws IOException {
        Path path = directory.resolve("original.safetensors");
        new SafetensorsWriter()
                .note("format", "pt")
                .add("weight", StoredType.F32, List.of(2L, 3L), ByteBuffer.allocate(24))
                .add("bias", StoredType.BF16, List.of(3L), ByteBuffer.allocate(6))
                .add("mask", StoredType.BOOL, List.of(), ByteBuffer.allocate(1))
                .write(path);
        return Files.readAllBytes(path);
    }

    /** Changes, removes or repeats a few bytes; half of them stay in the header's text. */
    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(3);
        for (int change = 0; change < changes && bytes.length > 0; change++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1, 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 3 -> bytes = without(bytes, at, random.nextInt(1 + bytes.length - at));
                default ->
                        bytes[random.nextInt(Math.min(8, bytes.length))] ^= 1 << random.nextInt(8);
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int start, int count) {
        byte[] rest = Arrays.copyOf(bytes, bytes.length - count);
        System.arraycopy(bytes, start + count, rest, start, rest.length - start);
        return rest;
    }

    private static void assertConsistent(SafetensorsFile file, long fileBytes) {
        long end = -1;
        for (TensorEntry entry : file.tensors().values()) {
            assertThat(file.map(entry).remaining()).isEqualTo((int) entry.byteLength());
            if (end >= 0) {
                assertThat(entry.offset()).isEqualTo(end);
            }
            end = entry.offset() + entry.byteLength();
        }
        assertThat(end).isIn(-1L, fileBytes);
    }
}
