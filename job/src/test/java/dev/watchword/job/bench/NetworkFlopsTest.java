package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.model.untrained.UntrainedShapes;
import org.junit.jupiter.api.Test;

class NetworkFlopsTest {
    private static final double TERA = 1e12;

    /** What keys and values of a token take in a layer of the tiny decoder. */
    private static final long KEYS_AND_VALUES = 2 * 96 * 2 * 32;

    /** 16 patches of 14 x 14 to width 64, 2 of 3 layers; decoder of width 96, 3 layers. */
    private final NetworkFlops tiny = NetworkFlops.of(UntrainedShapes.tiny());

    private final NetworkFlops published = NetworkFlops.asPublished(UntrainedShapes.tiny());

    private final long tinyScores = 2L * 96 * UntrainedShapes.tiny().language().vocabulary();

    @Test
    void visionTowerAsCountedByHand() {
        long patches = 2 * 16 * (3 * 14 * 14) * 64; //  1,204,224
        long projections = 4 * 2 * 17 * 64 * 64; //       557,056
        long attention = 2 * 2 * 17 * 17 * 64; //          73,984
        long mlp = 2 * 2 * 17 * 64 * 128; //              557,056

        assertThat(tiny.visionTower())
                .isEqualTo(patches + 2 * (projections + attention + mlp))
                .isEqualTo(3_580_416);
    }

    @Test
    void compressorProjectorAndVisionPartOfPreFusionAsCountedByHand() {
        assertThat(tiny.compressor()).isEqualTo(262_144 + 4_096 + 16_384);
        assertThat(tiny.projector()).isEqualTo(17 * (2 * 64 * 96 + 2 * 96 * 96));
        long layer = 17 * (49_152 + 92_160) + 4 * (17 * 18 / 2) * 96;
        long spared = 16 * (49_152 + 92_160 - KEYS_AND_VALUES) + 4 * (16 * 17 / 2) * 96;
        assertThat(published.preFusionVision()).isEqualTo(2 * layer).isEqualTo(4_922_112);
        assertThat(tiny.preFusionVision())
                .as("the last layer makes one vision token, and keys and values of all patches")
                .isEqualTo(2 * layer - spared);
        assertThat(tiny.encode()).isEqualTo(3_580_416 + 282_624 + 522_240 + tiny.preFusionVision());
    }

    @Test
    void textPartOfPreFusionSeesTheFrameAndTheTextBeforeIt() {
        assertThat(tiny.preFusionText(5))
                .isEqualTo(2 * (5 * 141_312 + 4 * (5 * 17 + 15) * 96))
                .isEqualTo(1_489_920);
        assertThat(published.fuse(3, 5)).isEqualTo(3 * (282_624 + 522_240 + 4_922_112 + 1_489_920));
    }

    @Test
    void thePublicModelsSizeTakesWhatThePerformancePageSays() {
        NetworkFlops large = NetworkFlops.of(UntrainedShapes.clipLargeAndEightBillion());

        assertThat(large.encode() / TERA).isCloseTo(1.166, within(5e-4));
        assertThat(large.fuse(24, 16) / TERA).isCloseTo(19.885, within(5e-3));
        assertThat(large.decode(1_016) / TERA).isCloseTo(0.0155, within(5e-5));
    }

    @Test
    void decoderReadsAPromptAtOnceAndThenTokenByToken() {
        long all = 3 * (7 * 141_312 + 4 * 28 * 96) + tinyScores;
        long spared = 6 * (141_312 - KEYS_AND_VALUES) + 4 * 21 * 96;
        assertThat(published.prefill(7)).isEqualTo(all);
        assertThat(tiny.prefill(7))
                .as("of all but the last the last layer makes keys and values alone")
                .isEqualTo(all - spared);
        assertThat(tiny.decode(7)).isEqualTo(3 * (141_312 + 4 * 8 * 96) + tinyScores);
    }

    @Test
    void readingAPromptAtOnceOrTokenByTokenTakesTheSameButForTheScores() {
        long oneByOne = 0;
        for (int before = 0; before < 9; before++) {
            oneByOne += published.decode(before) - tinyScores;
        }

        assertThat(oneByOne + tinyScores).isEqualTo(published.prefill(9));
    }

    @Test
    void cropsAreSeenByTowerCompressorAndPreFusion() {
        NetworkFlops whole = NetworkFlops.of(PaperNetworks.llavaMini(4, 1));
        NetworkFlops crops = NetworkFlops.of(PaperNetworks.llavaMini(4, 1, 2));

        assertThat(crops.visionTower()).isEqualTo(5 * whole.visionTower());
        assertThat((double) crops.compressor() / whole.compressor()).isCloseTo(4, within(0.02));
        assertThat(crops.projector() * 577).isEqualTo(whole.projector() * (5 * 576 + 1));
    }

    @Test
    void poolingAddsEachPatchOnce() {
        NetworkFlops pooling = NetworkFlops.of(UntrainedShapes.tiny().withPooling());

        assertThat(pooling.compressor()).isEqualTo(16 * 64);
        assertThat(pooling.encode()).isEqualTo(tiny.encode() - tiny.compressor() + 16 * 64);
    }

    @Test
    void clipLargeTakesWhatIsKnownOfIt() {
        assertThat(NetworkFlops.of(PaperNetworks.llavaMini(4, 1)).visionTower() / TERA)
                .isCloseTo(0.366, within(0.0005));
    }
}
