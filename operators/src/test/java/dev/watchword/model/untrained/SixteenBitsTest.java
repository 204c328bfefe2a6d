package dev.watchword.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SixteenBitsTest {
    /** Bits of a float32, and of its float16 and bfloat16 as NumPy and PyTorch round them. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 0000, 0000",
        "80000000, 8000, 8000",
        "3f800000, 3c00, 3f80",
        "bf800000, bc00, bf80",
        "3eaaaaab, 3555, 3eab",
        "bf2aaaab, b955, bf2b",
        "3dcccccd, 2e66, 3dcd",
        "40490fdb, 4248, 4049",
        "3f802000, 3c01, 3f80",
        "3f801000, 3c00, 3f80",
        "3f803000, 3c02, 3f80",
        "477fe000, 7bff, 4780",
        "477fef00, 7bff, 4780",
        "477ff000, 7c00, 4780",
        "49742400, 7c00, 4974",
        "387fda40, 03ff, 3880",
        "38800000, 0400, 3880",
        "387fc000, 03ff, 3880",
        "b649539c, 8032, b649",
        "337ffae5, 0001, 3380",
        "33000000, 0000, 3300",
        "33000001, 0001, 3300",
        "3089705f, 0000, 3089",
        "000116c2, 0000, 0001"
    })
    void roundsToTheNearest(String float32, String float16, String bfloat16) {
        float value = Float.intBitsToFloat(Integer.parseUnsignedInt(float32, 16));
        assertThat("%04x".formatted(SixteenBits.float16(value))).isEqualTo(float16);
        assertThat("%04x".formatted(SixteenBits.bfloat16(value))).isEqualTo(bfloat16);
    }
}
