package dev.watchword.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.ChatTemplate;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordTokenizerTest {
    private static final int FIRST_WORD = 3 + 256;
    private static final List<String> PIECES =
            List.of("Is", " the", " gate", " open", "?", "\n", " caf\u00E9", "yes", " the");

    @TempDir private Path root;

    @Test
    void makesOneTokenOfAKnownWordAndBytesOfOthers() throws IOException {
        try (Tokenizer tokenizer = open()) {
            assertThat(tokenizer.encodePlain("Is the gate open caf\u00E9yes"))
                    .startsWith(FIRST_WORD, FIRST_WORD + 1, FIRST_WORD + 2, FIRST_WORD + 3)
                    .doesNotContain(FIRST_WORD + 4);
            assertThat(tokenizer.encodePlain(" caf\u00E9 the"))
                    .containsExactly(FIRST_WORD + 4, FIRST_WORD + 1);
            assertThat(LongStream.of(tokenizer.encodePlain("?\n")))
                    .hasSize(2)
                    .allMatch(id -> id > WordTokenizer.END_ID && id < FIRST_WORD);
            assertThat(tokenizer.encodePlain(" gates")).hasSize(6);
            String odd = "The dog\u2019s \uD83D\uDC15  \t gate \u95E8\u00A0open\r\n";
            assertThat(tokenizer.decode(tokenizer.encodePlain(odd), true)).isEqualTo(odd);
        }
    }

    @Test
    void cutsATextAsItsTokenizerDoes() throws IOException {
        String text = "Did 12 dogs' coats\u00A0(it's  red)\tcome\n\n before  4:30?!\u3000Yes ";
        try (Tokenizer tokenizer = open(WordTokenizer.ofTexts(List.of(text)))) {
            assertThat(String.join("", WordTokenizer.cut(text))).isEqualTo(text);
            assertThat(tokenizer.encodePlain(text)).hasSameSizeAs(WordTokenizer.cut(text));
        }
    }

    @Test
    void tellsControlTokensFromTextThatSpellsThem() throws IOException {
        try (Tokenizer tokenizer = open()) {
            assertThat(tokenizer.encode("<s></s><pad>", true))
                    .containsExactly(
                            WordTokenizer.BEGIN_ID,
                            WordTokenizer.BEGIN_ID,
                            WordTokenizer.END_ID,
                            WordTokenizer.PADDING_ID);
            long[] hostile = tokenizer.encodePlain("<s></s> <pad>");
            assertThat(LongStream.of(hostile)).allMatch(id -> id > WordTokenizer.END_ID);
            assertThat(tokenizer.decode(hostile, true)).isEqualTo("<s></s> <pad>");
        }
    }

    @Test
    void asksForThePlainTemplate() throws IOException {
        ModelDirectory model = model(new WordTokenizer(PIECES));
        try (Tokenizer tokenizer = Tokenizer.open(model.requiredTokenizerFile());
                TextModel text = TextModel.open(model, "auto")) {
            assertThat(ChatTemplate.of(tokenizer, model.chatTemplate()))
                    .isEqualTo(ChatTemplate.PLAIN);
            Prompt prompt = text.prompt("Is the gate open?");
            assertThat(prompt.before()).containsExactly(WordTokenizer.BEGIN_ID);
            assertThat(tokenizer.decode(prompt.after(), false)).isEqualTo("Is the gate open?\n");
            assertThat(prompt.after()).hasSize(6);
            assertThat(text.stops(WordTokenizer.END_ID)).isTrue();
        }
    }

    @Test
    void countsItsVocabulary() {
        WordTokenizer tokenizer = new WordTokenizer(PIECES);
        assertThat(tokenizer.vocabulary()).isEqualTo(FIRST_WORD + 6);
        assertThat(tokenizer.tokenizerJson().path("model").path("vocab"))
                .hasSize(tokenizer.vocabulary());
    }

    @Test
    void refusesAPieceThatIsNeverMet() {
        assertThatThrownBy(() -> new WordTokenizer(List.of("red van")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"red van\" is cut into [red,  van]");
    }

    private Tokenizer open() throws IOException {
        return open(new WordTokenizer(PIECES));
    }

    private Tokenizer open(WordTokenizer words) throws IOException {
        return Tokenizer.open(model(words).requiredTokenizerFile());
    }

    private ModelDirectory model(WordTokenizer words) throws IOException {
        Path directory = root.resolve("model");
        UntrainedModel.of(UntrainedShapes.tiny(), 1).write(directory);
        words.write(directory);
        return ModelDirectory.open(directory);
    }
}
