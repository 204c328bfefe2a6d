package dev.watchword.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void nameTheFile() {
        path = directory.resolve("model.safetensors");
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        ByteBuffer floats = floats(1.5f, -2f);
        new SafetensorsWriter()
                .note("format", "pt")
                .add("größe \"1\"\n", StoredType.F32, List.of(2L, 1L), floats)
                .add("flag", StoredType.BOOL, List.of(), ByteBuffer.wrap(new byte[] {1}))
                .add("none", StoredType.I64, List.of(0L), ByteBuffer.allocate(0))
                .write(path);

        assertThat(floats.remaining()).isEqualTo(8);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            assertThat(file.metadata()).containsEntry("format", "pt");
            assertThat(file.tensors()).hasSize(3);
            TensorEntry entry = file.tensors().get("größe \"1\"\n");
            assertThat(entry.type()).isEqualTo(StoredType.F32);
            assertThat(entry.shape()).containsExactly(2L, 1L);
            assertThat(file.map(entry).getFloat(4)).isEqualTo(-2f);
            assertThat(file.map(file.tensors().get("flag")).get(0)).isEqualTo((byte) 1);
        }
    }

    @Test
    void theSameTensorsGiveTheSameBytesInWhateverOrderTheyCome() throws IOException {
        Path other = directory.resolve("other.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        new SafetensorsWriter()
                .add("b", StoredType.F64, List.of(1L), bytes)
                .add("a", StoredType.U8, List.of(8L), bytes)
                .write(path);
        new SafetensorsWriter()
                .add("a", StoredType.U8, List.of(8L), bytes)
                .add("b", StoredType.F64, List.of(1L), bytes)
                .write(other);
        assertThat(other).hasSameBinaryContentAs(path);
    }

    @Test
    void everyTensorIsAlignedToItsType() throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (StoredType type : StoredType.values()) {
            ByteBuffer three = ByteBuffer.allocate(3 * type.bytes());
            writer.add("x" + type, type, List.of(3L), three);
        }
        writer.write(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            for (TensorEntry entry : file.tensors().values()) {
                assertThat(entry.offset() % entry.type().bytes()).isZero();
            }
        }
    }

    @Test
    void streamsATensorFromItsSource() throws IOException {
        int pieces = 1000;
        new SafetensorsWriter()
                .add(
                        "long",
                        StoredType.I32,
                        List.of((long) pieces),
                        file -> {
                            ByteBuffer piece =
                                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
                            for (int index = 0; index < pieces; index++) {
                                file.write(piece.clear().putInt(index).flip());
                            }
                        })
                .write(path);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            ByteBuffer read = file.map(file.tensors().get("long"));
            assertThat(read.getInt(4 * 999)).isEqualTo(999);
        }
    }

    @Test
    void aSourceThatGivesTooFewOrTooManyBytesLeavesNoFile() throws IOException {
        Files.writeString(path, "as before");
        for (int given : new int[] {3, 5}) {
            SafetensorsWriter writer =
                    new SafetensorsWriter()
                            .add(
                                    "wrong",
                                    StoredType.U8,
                                    List.of(4L),
                                    file -> file.write(ByteBuffer.allocate(given)));
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> writer.write(path))
                    .withMessageContaining("\"wrong\" wrote " + given + " bytes instead of 4");
        }
        assertThat(path).hasContent("as before");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void refusesWhatCouldNotBeRead() {
        SafetensorsWriter writer =
                new SafetensorsWriter()
                        .add("a", StoredType.U8, List.of(1L), ByteBuffer.allocate(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.add("a", StoredType.U8, List.of(), ByteBuffer.allocate(1)))
                .withMessageContaining("already");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> writer.add("b", StoredType.F32, List.of(), ByteBuffer.allocate(3)))
                .withMessageContaining("needs 4 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.add("b", StoredType.U8, List.of(-1L), file -> {}))
                .withMessageContaining("negative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.add("__metadata__", StoredType.U8, List.of(), file -> {}));
    }

    private static ByteBuffer floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
