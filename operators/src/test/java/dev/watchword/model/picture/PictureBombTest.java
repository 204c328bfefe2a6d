package dev.watchword.model.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small files that are made to cost much are refused, or cost little. */
@Timeout(60)
class PictureBombTest {
    private static final PictureLimits LIMITS = new PictureLimits(16 << 20, 50_000_000);

    /** What a refusal may take, beside the file itself. */
    private static final long LITTLE = 16 << 20;

    private final PictureDecoder decoder = new PictureDecoder(LIMITS);

    @Test
    void refusesAHugePngOfZeros() throws IOException {
        byte[] png = png(20_000, 20_000, zeros(20_000L * (1 + 20_000)));

        assertThat(png).hasSizeLessThan(4 << 20);
        assertRefusedCheaply(png, "20000 x 20000 pixels, the limit is 50000000");
    }

    @Test
    void refusesAPngWhoseDataIsTooShortForItsSize() throws IOException {
        assertRefusedCheaply(png(7_000, 7_000, zeros(1_000)), "too short for its size");
    }

    @Test
    void inflatesNoMoreThanThePictureNeeds() throws Exception {
        byte[] png = png(4, 4, zeros(1L << 27));

        long before = allocatedBytes();
        assertThat(decoder.decode(png).width()).isEqualTo(4);
        assertThat(allocatedBytes() - before).isLessThan(3L * png.length + LITTLE);
    }

    @Test
    void walksOverAMillionChunks() throws Exception {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int count = 0; count < 1_000_000; count++) {
            writeChunk(chunks, "tEXt", new byte[0]);
        }
        byte[] png = withInserted(png(4, 4, zeros(20)), chunks.toByteArray());

        assertThat(decoder.decode(png).width()).isEqualTo(4);
    }

    @Test
    void readsDataThatIsCutIntoSingleBytes() throws Exception {
        ByteArrayOutputStream png = pngStart(100, 100);
        for (byte one : zeros(100 * 101)) {
            writeChunk(png, "IDAT", new byte[] {one});
            writeChunk(png, "IDAT", new byte[0]);
        }
        writeChunk(png, "IEND", new byte[0]);

        assertThat(decoder.decode(png.toByteArray()).width()).isEqualTo(100);
    }

    @Test
    void refusesTheLargestJpegThereIs() throws IOException {
        byte[] jpeg = Samples.jpegWithSize("jpeg-420.jpg", 65_535, 65_535);
        assertRefusedCheaply(jpeg, "65535 x 65535 pixels, the limit is 50000000");
    }

    @Test
    void refusesAJpegWhoseDataIsTooShortForItsSize() throws IOException {
        for (String name : new String[] {"jpeg-420.jpg", "jpeg-progressive.jpg"}) {
            byte[] jpeg = Samples.jpegWithSize(name, 7_000, 7_000);
            assertRefusedCheaply(jpeg, "too short for its size");
        }
    }

    @Test
    void refusesManyScansOfALargePicture() throws IOException {
        byte[] scans = Samples.withLastScanRepeated("jpeg-progressive.jpg", 20);
        int header = Samples.frameHeader(scans);
        byte[] large = scans.clone();
        large[header + 5] = (byte) (7_000 >> 8);
        large[header + 6] = (byte) 7_000;
        large[header + 7] = (byte) (7_000 >> 8);
        large[header + 8] = (byte) 7_000;

        assertRefusedCheaply(large, "scans of 7000 x 7000 pixels, the limit is 16 scans");
    }

    @Test
    void walksOverAMillionSegments() throws Exception {
        byte[] comments = new byte[4 * 1_000_000];
        for (int at = 0; at < comments.length; at += 4) {
            comments[at] = (byte) 0xFF;
            comments[at + 1] = (byte) 0xFE;
            comments[at + 3] = 2;
        }
        byte[] jpeg = Samples.bytes("jpeg-420.jpg");
        byte[] longer = inserted(jpeg, 2, comments);

        assertThat(decoder.decode(longer)).isEqualTo(decoder.decode(jpeg));
    }

    private void assertRefusedCheaply(byte[] encoded, String reason) {
        long before = allocatedBytes();
        assertThatExceptionOfType(UndecodablePictureException.class)
                .isThrownBy(() -> decoder.decode(encoded))
                .withMessageContaining(reason);
        assertThat(allocatedBytes() - before).isLessThan(3L * encoded.length + LITTLE);
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static byte[] png(int width, int height, byte[] data) throws IOException {
        ByteArrayOutputStream png = pngStart(width, height);
        writeChunk(png, "IDAT", data);
        writeChunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** Signature and header of a gray picture. */
    private static ByteArrayOutputStream pngStart(int width, int height) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 0, 0, 0, 0});
        writeChunk(png, "IHDR", header.toByteArray());
        return png;
    }

    private static void writeChunk(ByteArrayOutputStream png, String type, byte[] data)
            throws IOException {
        DataOutputStream file = new DataOutputStream(png);
        file.writeInt(data.length);
        CheckedOutputStream checked = new CheckedOutputStream(file, new CRC32());
        checked.write(type.getBytes(StandardCharsets.US_ASCII));
        checked.write(data);
        file.writeInt((int) checked.getChecksum().getValue());
    }

    /** Behind the header. */
    private static byte[] withInserted(byte[] png, byte[] chunks) {
        return inserted(png, 33, chunks);
    }

    private static byte[] inserted(byte[] file, int at, byte[] part) {
        byte[] longer = Arrays.copyOf(file, file.length + part.length);
        System.arraycopy(part, 0, longer, at, part.length);
        System.arraycopy(file, at, longer, at + part.length, file.length - at);
        return longer;
    }

    /** So many zero bytes, deflated. */
    private static byte[] zeros(long count) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        byte[] plain = new byte[1 << 16];
        byte[] buffer = new byte[1 << 16];
        for (long left = count; left > 0; left -= plain.length) {
            deflater.setInput(plain, 0, (int) Math.min(plain.length, left));
            while (!deflater.needsInput()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        deflater.finish();
        while (!deflater.finished()) {
            deflated.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return deflated.toByteArray();
    }
}
