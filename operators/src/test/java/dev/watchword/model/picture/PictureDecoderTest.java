package dev.watchword.model.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureDecoderTest {
    private static final String JPEG = "jpeg-420.jpg";
    private static final String PNG = "png-rgb.png";
    private static final int WIDTH = 37;
    private static final int HEIGHT = 21;

    private final PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULT);

    @ParameterizedTest
    @MethodSource("dev.watchword.model.picture.Samples#names")
    void decodesAsPillowDoes(String name) throws Exception {
        assertThat(decoder.decode(Samples.bytes(name)))
                .isEqualTo(new Picture(WIDTH, HEIGHT, Samples.bytes(name + ".rgb")));
    }

    @Test
    void takesPicturesUpToTheLimits() throws Exception {
        byte[] encoded = Samples.bytes(PNG);
        PictureLimits exact = new PictureLimits(encoded.length, WIDTH * HEIGHT);
        assertThat(new PictureDecoder(exact).decode(encoded).width()).isEqualTo(WIDTH);

        assertRefused(new PictureLimits(encoded.length - 1, WIDTH * HEIGHT), encoded, "bytes");
        assertRefused(
                new PictureLimits(encoded.length, WIDTH * HEIGHT - 1),
                encoded,
                "37 x 21 pixels, the limit is 776 pixels");
        assertRefused(
                new PictureLimits(1 << 20, WIDTH * HEIGHT - 1),
                Samples.bytes(JPEG),
                "37 x 21 pixels, the limit is 776 pixels");
    }

    @Test
    void refusesAnOversizeHeaderBeforeDecoding() throws Exception {
        assertRefused(
                Samples.pngWithSize(60_000, 60_000), "60000 x 60000 pixels, the limit is 33177600");
        assertRefused(Samples.pngWithSize(100_000, 1), "a side may have 65535");
        assertRefused(Samples.pngWithSize(-1, 1), "4294967295 x 1");
        assertRefused(Samples.jpegWithSize(JPEG, 60_000, 60_000), "60000 x 60000 pixels");
    }

    @Test
    void refusesASizeThatTheDataCannotFill() throws Exception {
        assertRefused(Samples.pngWithSize(5_000, 5_000), "data is too short for its size");
    }

    @Test
    void refusesEmptySizes() throws Exception {
        assertRefused(Samples.pngWithSize(0, 5), "0 x 5 pixels: it is empty");
        assertRefused(Samples.jpegWithSize(JPEG, 5, 0), "5 x 0 pixels: it is empty");
    }

    @Test
    void refusesOtherKinds() {
        for (String other : new String[] {"", "GIF89a", "RIFF1234WEBP", "<svg/>"}) {
            assertRefused(other.getBytes(StandardCharsets.UTF_8), "neither JPEG nor PNG");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {JPEG, "jpeg-progressive.jpg", PNG, "png-palette.png"})
    void refusesPicturesCutOffAnywhere(String name) throws Exception {
        byte[] whole = Samples.bytes(name);
        for (int length = 0; length < whole.length; length++) {
            byte[] start = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(UndecodablePictureException.class)
                    .isThrownBy(() -> decoder.decode(start));
        }
    }

    @Test
    void refusesAScanThatEndsEarly() throws Exception {
        byte[] whole = Samples.bytes(JPEG);
        byte[] shortened = Arrays.copyOf(whole, whole.length - 200);
        shortened[shortened.length - 2] = (byte) 0xFF;
        shortened[shortened.length - 1] = (byte) 0xD9;
        assertRefused(shortened, "The JPEG is damaged");
    }

    @Test
    void refusesAWrongChecksumOfPixelData() throws Exception {
        byte[] damaged = Samples.bytes(PNG);
        damaged[damaged.length - 40] ^= 1;
        assertRefused(damaged, "a checksum is wrong");
    }

    @Test
    void refusesAJpegOfTooManyScans() throws Exception {
        byte[] many = Samples.withLastScanRepeated("jpeg-progressive.jpg", 100);
        assertRefused(many, "more than 100 scans");
    }

    @Test
    void refusesKindsOfJpegThatItCannotDecode() throws Exception {
        byte[] arithmetic = Samples.bytes(JPEG);
        arithmetic[Samples.frameHeader(arithmetic) + 1] = (byte) 0xC9;
        assertRefused(arithmetic, "arithmetically coded");
    }

    @Test
    void takesPaddingThatCheapCamerasLeaveInJpegs() throws Exception {
        byte[] whole = Samples.bytes(JPEG);
        byte[] padded = Arrays.copyOf(whole, whole.length + 40);
        Arrays.fill(padded, whole.length - 2, padded.length, (byte) 0);
        System.arraycopy(whole, whole.length - 2, padded, padded.length - 2, 2);
        assertThat(decoder.decode(padded)).isEqualTo(decoder.decode(whole));
    }

    @Test
    void ignoresWhatFollowsThePicture() throws Exception {
        for (String name : new String[] {JPEG, PNG}) {
            byte[] whole = Samples.bytes(name);
            byte[] longer = Arrays.copyOf(whole, whole.length + 100);
            assertThat(decoder.decode(longer)).isEqualTo(decoder.decode(whole));
        }
    }

    @Test
    void keepsTextsAndProfilesFromTheDecoder() throws Exception {
        byte[] bomb = new byte[1 << 20];
        for (String chunk : new String[] {"zTXt", "iCCP", "iTXt", "tRNS"}) {
            byte[] png = Samples.withChunk("png-palette.png", chunk, bomb);
            assertThat(PngFile.parse(png).essential()).hasSizeLessThan(10_000);
            assertThat(decoder.decode(png))
                    .isEqualTo(decoder.decode(Samples.bytes("png-palette.png")));
        }
        byte[] profiled = Samples.bytes("jpeg-stored-as-rgb-with-profile.jpg");
        assertThat(new String(JpegFile.parse(profiled).essential(), StandardCharsets.ISO_8859_1))
                .doesNotContain("ICC_PROFILE");
    }

    private void assertRefused(byte[] encoded, String problem) {
        assertRefused(PictureLimits.DEFAULT, encoded, problem);
    }

    private static void assertRefused(PictureLimits limits, byte[] encoded, String problem) {
        assertThatExceptionOfType(UndecodablePictureException.class)
                .isThrownBy(() -> new PictureDecoder(limits).decode(encoded))
                .withMessageContaining(problem);
    }
}
