package dev.watchword.model.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchword.model.picture.ClipSettings.Fit;
import dev.watchword.model.safetensors.SafetensorsFile;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipPreprocessorTest {
    @ParameterizedTest
    @ValueSource(strings = {"camera", "small", "square", "tall", "wide"})
    void givesTheGoldensToTheBit(String name) throws Exception {
        Path goldens = Samples.folder("/goldens/preprocess");
        Picture picture =
                new PictureDecoder(PictureLimits.DEFAULT)
                        .decode(Files.readAllBytes(goldens.resolve(name + ".png")));
        try (SafetensorsFile file = SafetensorsFile.open(goldens.resolve(name + ".safetensors"))) {
            assertEqual(file, "pad_56", picture, ClipSettings.clip(56, Fit.PAD));
            assertEqual(file, "pad_112", picture, ClipSettings.clip(112, Fit.PAD));
            assertEqual(file, "crop_56", picture, ClipSettings.clip(56, Fit.CROP));
        }
    }

    @ParameterizedTest
    @CsvSource({"40,90", "91,40", "33,32", "7,300", "300,7", "1,5", "5,5"})
    void paddingEqualsAPictureThatIsPaddedBefore(int width, int height) {
        Picture picture = noise(width, height);
        int side = Math.max(width, height);
        Picture square = solid(side, side, new byte[] {122, 116, 104});
        paste(picture, square, (side - width) / 2, (side - height) / 2);

        ClipPreprocessor preprocessor = new ClipPreprocessor(ClipSettings.clip(32, Fit.PAD));
        assertThat(preprocessor.pixels(picture)).isEqualTo(preprocessor.pixels(square));
    }

    @ParameterizedTest
    @CsvSource({"40,90,32,72", "91,40,72,32", "33,32,33,32", "7,300,32,1371", "5,5,32,32"})
    void croppingEqualsAPictureThatIsResizedWhole(
            int width, int height, int resizedWidth, int resizedHeight) {
        Picture picture = noise(width, height);
        Picture middle =
                BicubicResize.resize(picture, resizedWidth, resizedHeight)
                        .crop((resizedWidth - 32) / 2, (resizedHeight - 32) / 2, 32, 32);

        ClipPreprocessor preprocessor = new ClipPreprocessor(ClipSettings.clip(32, Fit.CROP));
        assertThat(preprocessor.pixels(picture)).isEqualTo(preprocessor.pixels(middle));
    }

    @Test
    void givesChannelsFirstAndPicturesInOrder() {
        Picture red = solid(4, 4, new byte[] {(byte) 255, 0, 0});
        Picture blue = solid(4, 4, new byte[] {0, 0, (byte) 255});
        Channels half = new Channels(0.5, 0.5, 0.5);
        ClipPreprocessor preprocessor =
                new ClipPreprocessor(new ClipSettings(2, half, half, Fit.PAD));

        assertThat(preprocessor.pixels(List.of(red, blue)))
                .containsExactly(
                        1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1, //
                        -1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 1, 1);
    }

    @Test
    void whatHasTheSizeAlreadyIsNormalisedAsAnyPicture() {
        Picture picture = noise(32, 32);
        byte[] planes = new byte[3 * 32 * 32];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = picture.rgb()[3 * (i % (32 * 32)) + i / (32 * 32)];
        }

        ClipPreprocessor preprocessor = new ClipPreprocessor(ClipSettings.clip(32, Fit.PAD));
        assertThat(preprocessor.normalised(planes)).isEqualTo(preprocessor.pixels(picture));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> preprocessor.normalised(new byte[32 * 32]))
                .withMessage("A picture of 32 x 32 pixels has 3072 levels, not 1024");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        Channels half = new Channels(0.5, 0.5, 0.5);
        Channels none = new Channels(0.5, 0, 0.5);
        Channels unknown = new Channels(Double.NaN, 0.5, 0.5);
        assertThatIllegalArgumentException().isThrownBy(() -> ClipSettings.clip(0, Fit.PAD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClipSettings(2, half, none, Fit.PAD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClipSettings(2, unknown, half, Fit.PAD));
    }

    private static void assertEqual(
            SafetensorsFile goldens, String tensor, Picture picture, ClipSettings settings) {
        FloatBuffer expected = goldens.map(goldens.tensors().get(tensor)).asFloatBuffer();
        float[] values = new float[expected.remaining()];
        expected.get(values);
        assertThat(new ClipPreprocessor(settings).pixels(picture)).as(tensor).isEqualTo(values);
    }

    private static Picture noise(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        new Random(4).nextBytes(rgb);
        return new Picture(width, height, rgb);
    }

    private static Picture solid(int width, int height, byte[] colour) {
        byte[] rgb = new byte[3 * width * height];
        for (int at = 0; at < rgb.length; at++) {
            rgb[at] = colour[at % 3];
        }
        return new Picture(width, height, rgb);
    }

    private static void paste(Picture picture, Picture onto, int left, int top) {
        for (int row = 0; row < picture.height(); row++) {
            System.arraycopy(
                    picture.rgb(),
                    3 * row * picture.width(),
                    onto.rgb(),
                    3 * ((top + row) * onto.width() + left),
                    3 * picture.width());
        }
    }
}
