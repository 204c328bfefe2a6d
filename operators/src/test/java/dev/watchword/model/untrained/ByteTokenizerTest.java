package dev.watchword.model.untrained;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.ChatTemplate;
import dev.watchword.model.text.Prompt;
import dev.watchword.model.text.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteTokenizerTest {
    @TempDir private Path root;

    @Test
    void makesOneTokenOfEveryByte() throws IOException {
        try (Tokenizer tokenizer = open()) {
            StringBuilder text = new StringBuilder("dog \uD83D\uDC15 \u95E8");
            for (char character = 0; character < 300; character++) {
                text.append(character);
            }
            long[] ids = tokenizer.encodePlain(text.toString());
            assertThat(ids).hasSize(text.toString().getBytes(StandardCharsets.UTF_8).length);
            assertThat(LongStream.of(ids)).allMatch(id -> id >= 0 && id < 256);
            assertThat(tokenizer.decode(ids, true)).isEqualTo(text.toString());
            assertThat(tokenizer.encodePlain("!a")).containsExactly(0, 64);
        }
    }

    @Test
    void laysQuestionsOutForLlama() throws IOException {
        try (Tokenizer tokenizer = open()) {
            ChatTemplate template = ChatTemplate.of(tokenizer, Optional.empty());
            assertThat(template).isEqualTo(ChatTemplate.LLAMA_3_1);
            Prompt prompt = template.prompt(tokenizer, "What?");
            assertThat(prompt.before()).startsWith(ByteTokenizer.BEGIN_ID, ByteTokenizer.BEGIN_ID);
            assertThat(LongStream.of(prompt.after()).max())
                    .hasValue(tokenizer.idOf("<|eot_id|>").getAsInt());
            assertThat(template.stopIds(tokenizer, ByteTokenizer.STOP_IDS))
                    .containsExactlyInAnyOrderElementsOf(ByteTokenizer.STOP_IDS);
        }
    }

    @Test
    void isLeftOutWhereTheVocabularyIsTooSmall() throws IOException {
        ModelDirectory model =
                UntrainedModel.of(
                                Shapes.withVocabulary(
                                        UntrainedShapes.tiny(), ByteTokenizer.VOCABULARY - 1),
                                1)
                        .write(root.resolve("model"));
        assertThat(model.tokenizerFile()).isEmpty();
    }

    private Tokenizer open() throws IOException {
        return Tokenizer.open(
                UntrainedModel.of(UntrainedShapes.tiny(), 1)
                        .write(root.resolve("model"))
                        .requiredTokenizerFile());
    }
}
