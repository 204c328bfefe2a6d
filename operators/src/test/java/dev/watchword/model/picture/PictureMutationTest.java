package dev.watchword.model.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, there is a picture within the limits, or the one exception. */
class PictureMutationTest {
    private static final int MUTATIONS = 5_000;
    private static final PictureLimits LIMITS = new PictureLimits(100_000, 100_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg-420.jpg",
                "jpeg-progressive.jpg",
                "jpeg-cmyk.jpg",
                "png-rgb.png",
                "png-palette.png",
                "png-interlaced.png"
            })
    void mutatedPicturesAreDecodedOrRefused(String name) throws IOException {
        byte[] original = Samples.bytes(name);
        PictureDecoder decoder = new PictureDecoder(LIMITS);
        Random random = new Random(3);
        int decoded = 0;
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            byte[] mutated = mutate(original, random);
            if (name.endsWith(".png") && random.nextBoolean()) {
                Samples.renewChecksums(mutated);
            }
            try {
                Picture picture = decoder.decode(mutated);
                assertThat(picture.width() * picture.height()).isBetween(1, LIMITS.maxPixels());
                decoded++;
            } catch (UndecodablePictureException refusal) {
                assertThat(refusal.getMessage()).startsWith("The ");
                refused++;
            }
        }
        assertThat(decoded).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes; change++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        boolean cut = random.nextInt(10) == 0;
        return cut ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }
}
