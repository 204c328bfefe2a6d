package dev.watchword.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextDecoderTest {
    @ParameterizedTest
    @EnumSource
    void givesWhatDecodingAllAtOnceGives(TokenizerFixture fixture) {
        Random random = new Random(3);
        try (Tokenizer tokenizer = fixture.open()) {
            List<TokenizerFixture.Encoding> encodings = fixture.encodings();
            for (TokenizerFixture.Encoding encoding : encodings) {
                assertSame(tokenizer, encoding.withSpecial());
            }
            for (int trial = 0; trial < 300; trial++) {
                assertSame(tokenizer, wholeCharacters(encodings, random));
            }
        }
    }

    @Test
    void givesWhatDecodingAllAtOnceGivesEvenForBytesThatAreNoText() {
        Random random = new Random(4);
        try (Tokenizer tokenizer = TokenizerFixture.LLAMA_3_1.open()) {
            for (int trial = 0; trial < 300; trial++) {
                assertSame(tokenizer, random.longs(1 + random.nextInt(40), 0, 720).toArray());
            }
        }
    }

    @Test
    void holdsACharacterBackUntilItsLastByte() {
        try (Tokenizer tokenizer = TokenizerFixture.LLAMA_3_1.open()) {
            TextDecoder decoder = tokenizer.textDecoder();
            List<String> pieces = new ArrayList<>();
            for (long id : tokenizer.encodePlain("a\uD83D\uDC15b")) {
                pieces.add(decoder.append(id));
            }
            pieces.add(decoder.finish());
            assertThat(pieces).contains("\uD83D\uDC15").noneMatch(text -> text.contains("\uFFFD"));
            assertThat(String.join("", pieces)).isEqualTo("a\uD83D\uDC15b");
        }
    }

    @Test
    void givesBytesThatNeverBecomeACharacterAtTheEnd() {
        try (Tokenizer tokenizer = TokenizerFixture.LLAMA_3_1.open()) {
            long[] ids = tokenizer.encodePlain("\uD83D\uDC15");
            TextDecoder decoder = tokenizer.textDecoder();
            assertThat(decoder.append(ids[0])).isEmpty();
            assertThat(decoder.finish()).isEqualTo("\uFFFD");
        }
    }

    /** Texts and words in any order, but no lone bytes. */
    private static long[] wholeCharacters(
            List<TokenizerFixture.Encoding> encodings, Random random) {
        LongStream ids = LongStream.empty();
        for (int i = 0; i < 10; i++) {
            ids = LongStream.concat(ids, random.longs(3, 259, 700));
            ids =
                    LongStream.concat(
                            ids,
                            LongStream.of(
                                    encodings.get(random.nextInt(encodings.size())).withSpecial()));
        }
        return ids.toArray();
    }

    private static void assertSame(Tokenizer tokenizer, long[] ids) {
        TextDecoder decoder = tokenizer.textDecoder();
        StringBuilder text = new StringBuilder();
        for (long id : ids) {
            text.append(decoder.append(id));
        }
        text.append(decoder.finish());
        assertThat(text.toString()).isEqualTo(tokenizer.decode(ids, true));
    }
}
