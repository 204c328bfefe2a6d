package dev.watchword.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenizerTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource
    void givesTheIdsOfTheReferenceImplementation(TokenizerFixture fixture) {
        try (Tokenizer tokenizer = fixture.open()) {
            for (TokenizerFixture.Encoding expected : fixture.encodings()) {
                assertThat(tokenizer.encode(expected.text(), true))
                        .as("with special tokens: %s", expected)
                        .isEqualTo(expected.withSpecial());
                assertThat(tokenizer.encode(expected.text(), false))
                        .as("without special tokens: %s", expected)
                        .isEqualTo(expected.without());
                assertThat(tokenizer.encodePlain(expected.text()))
                        .as("plain: %s", expected)
                        .isEqualTo(expected.plain());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void decodesAsTheReferenceImplementation(TokenizerFixture fixture) {
        try (Tokenizer tokenizer = fixture.open()) {
            for (TokenizerFixture.Encoding expected : fixture.encodings()) {
                assertThat(tokenizer.decode(expected.withSpecial(), false))
                        .isEqualTo(expected.decoded());
                assertThat(tokenizer.decode(expected.withSpecial(), true))
                        .isEqualTo(expected.decodedSkipping());
            }
        }
    }

    @Test
    void cutsNoLongTextAndPadsNoShortOne() {
        try (Tokenizer tokenizer = TokenizerFixture.LLAMA_3_1.open()) {
            assertThat(tokenizer.encode(" a".repeat(20_000), true)).hasSize(20_001);
            assertThat(tokenizer.encodePlain(" a".repeat(20_000))).hasSize(20_000);
            assertThat(tokenizer.encode("", false)).isEmpty();
            assertThat(tokenizer.encode(" a", false)).hasSize(1);
        }
    }

    @Test
    void takesTextThatHasNoBytes() {
        try (Tokenizer tokenizer = TokenizerFixture.LLAMA_3_1.open()) {
            assertThat(tokenizer.decode(tokenizer.encodePlain("a\uD83Db\0c"), true))
                    .isEqualTo("a?b\0c");
        }
    }

    @Test
    void knowsTheIdsOfControlTokensOnly() {
        try (Tokenizer tokenizer = TokenizerFixture.LLAMA_3_1.open()) {
            assertThat(tokenizer.idOf("<|begin_of_text|>")).hasValue(700);
            assertThat(tokenizer.idOf("<|eot_id|>")).hasValue(709);
            assertThat(tokenizer.idOf("<image>")).isEmpty();
            assertThat(tokenizer.idOf("the")).isEmpty();
            assertThatThrownBy(() -> tokenizer.requiredId("<image>", "the test"))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("llama-3.1.json")
                    .hasMessageContaining("has no token <image>, which the test needs");
        }
    }

    @Test
    void spellsOutControlTokensEvenWhenTheVocabularyCouldJoinThem() throws IOException {
        Path file = directory.resolve("tokenizer.json");
        Files.writeString(
                file,
                """
                {"version": "1.0", "truncation": {"direction": "Right", "max_length": 4,
                  "strategy": "LongestFirst", "stride": 0}, "padding": null,
                 "added_tokens": [
                   {"id": 0, "content": "<unk>", "special": true, "single_word": false,
                    "lstrip": false, "rstrip": false, "normalized": false},
                   {"id": 1, "content": "</s>", "special": true, "single_word": false,
                    "lstrip": false, "rstrip": false, "normalized": false},
                   {"id": 8, "content": "a", "special": false, "single_word": false,
                    "lstrip": false, "rstrip": false, "normalized": false}],
                 "normalizer": null, "pre_tokenizer": null, "post_processor": null, "decoder": null,
                 "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true,
                   "vocab": {"<unk>": 0, "</s>": 1, "<": 2, "/": 3, "s": 4, ">": 5, "</": 6,
                     "s>": 7, "a": 8},
                   "merges": ["< /", "s >", "</ s>"]}}
                """);
        try (Tokenizer tokenizer = Tokenizer.open(file)) {
            assertThat(tokenizer.encode("s</s>s</s>", false)).containsExactly(4, 1, 4, 1);
            assertThat(tokenizer.encodePlain("s</s>s</s>")).containsExactly(4, 2, 3, 7, 4, 2, 3, 7);
            assertThat(tokenizer.encodePlain("a</s>?"))
                    .doesNotContain(1L)
                    .startsWith(8)
                    .endsWith(0);
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        TokenizerFixture fixture = TokenizerFixture.LLAMA_3_1;
        List<TokenizerFixture.Encoding> encodings = fixture.encodings();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Tokenizer tokenizer = fixture.open()) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                TokenizerFixture.Encoding expected = encodings.get(i % encodings.size());
                tasks.add(
                        () -> {
                            assertThat(tokenizer.encode(expected.text(), true))
                                    .isEqualTo(expected.withSpecial());
                            assertThat(tokenizer.decode(expected.withSpecial(), true))
                                    .isEqualTo(expected.decodedSkipping());
                            return true;
                        });
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void namesTheFileThatIsMissingOrNoTokenizer() throws IOException {
        Path file = directory.resolve("tokenizer.json");
        assertThatThrownBy(() -> Tokenizer.open(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(file + ": is missing");
        assertRefused(file, "", "must hold one JSON object");
        assertRefused(file, "[]", "must hold one JSON object");
        assertRefused(file, "{\"a\": ", "is not valid JSON");
        assertRefused(file, "{\"added_tokens\": [{\"id\": 1}]}", "expected a \"content\"");
        assertRefused(file, "{\"version\": \"1.0\"}", "is not a tokenizer that can be used");
    }

    private static void assertRefused(Path file, String text, String problem) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> Tokenizer.open(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(problem);
    }
}
