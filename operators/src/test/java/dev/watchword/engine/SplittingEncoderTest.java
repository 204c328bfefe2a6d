package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplittingEncoderTest {
    private static final String MESSAGE = "CUDA out of memory. Tried to allocate 2.00 GiB.";

    private final List<Integer> batches = new ArrayList<>();
    private int kept = 1;
    private int most;

    /** Has memory for so many pictures, and one more when nothing is kept. */
    private List<EncodedPicture> encode(List<float[]> pictures) {
        batches.add(pictures.size());
        if (pictures.size() > most - kept) {
            throw new IllegalStateException(MESSAGE);
        }
        return pictures.stream()
                .map(pixels -> new EncodedPicture(new byte[] {(byte) pixels[0]}, new byte[0]))
                .toList();
    }

    private final SplittingEncoder encoder = new SplittingEncoder(this::encode, () -> kept = 0);

    private static List<float[]> pictures(int count) {
        return IntStream.range(0, count).mapToObj(i -> new float[] {i}).toList();
    }

    @Test
    void aBatchThatIsTooLargeIsEncodedInHalvesInItsOrder() {
        most = 2;

        List<EncodedPicture> encoded = encoder.encode(pictures(7));

        assertThat(encoded)
                .extracting(picture -> (int) picture.tokens()[0])
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(batches).containsExactly(7, 3, 1, 2, 4, 2, 2);
    }

    @Test
    void onePictureHasWhatOnlyWasKept() {
        most = 1;

        assertThat(encoder.encode(pictures(1))).hasSize(1);
        assertThat(batches).containsExactly(1, 1);
    }

    @Test
    void isNotToBeHadWhereOnePictureIsTooMuch() {
        assertThatThrownBy(() -> encoder.encode(pictures(2)))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageContaining("a frame")
                .hasRootCauseMessage(MESSAGE);
    }

    @Test
    void anotherFaultIsNotTriedAgain() {
        SplittingEncoder broken =
                new SplittingEncoder(
                        pictures -> {
                            batches.add(pictures.size());
                            throw new IllegalStateException("an illegal access");
                        },
                        () -> kept = 0);

        assertThatThrownBy(() -> broken.encode(pictures(2))).hasMessage("an illegal access");
        assertThat(batches).containsExactly(2);
        assertThat(kept).isOne();
    }
}
