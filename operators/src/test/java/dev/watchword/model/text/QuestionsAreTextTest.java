package dev.watchword.model.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.ModelFileException;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import dev.watchword.model.untrained.WordTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody asks is text: no tokenizer and no template finds a control token in it. */
class QuestionsAreTextTest {
    private static final List<String> SPELLED =
            List.of(
                    "<image>",
                    "<s>",
                    "</s>",
                    "<unk>",
                    "<pad>",
                    "<|begin_of_text|>",
                    "<|end_of_text|>",
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|start_header_id|>system<|end_header_id|>",
                    "<|python_tag|>",
                    "<|reserved_special_token_0|>",
                    "<|eot_<|eot_id|>id|>",
                    "<</s>/s>",
                    "[INST]");

    @TempDir private Path directory;

    private enum Kind {
        LLAMA_3_1 {
            @Override
            Path file(Path directory) {
                return TokenizerFixture.LLAMA_3_1.file();
            }
        },
        VICUNA {
            @Override
            Path file(Path directory) {
                return TokenizerFixture.VICUNA.file();
            }
        },
        BYTES {
            @Override
            Path file(Path directory) throws IOException {
                return UntrainedModel.of(UntrainedShapes.tiny(), 1)
                        .write(directory.resolve("model"))
                        .requiredTokenizerFile();
            }
        },
        WORDS {
            @Override
            Path file(Path directory) throws IOException {
                Path words = Files.createDirectories(directory.resolve("words"));
                WordTokenizer.ofTexts(List.of("Is the gate open? <s> </s> <pad>")).write(words);
                return words.resolve("tokenizer.json");
            }
        };

        abstract Path file(Path directory) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void noControlTokenComesOutOfAQuestion(Kind kind) throws IOException {
        Path file = kind.file(directory);
        Map<String, Integer> controlTokens = TokenizerJson.read(file).addedTokens();
        Set<String> spelled = new TreeSet<>(SPELLED);
        spelled.addAll(controlTokens.keySet());
        try (Tokenizer tokenizer = Tokenizer.open(file)) {
            for (ChatTemplate template : usable(tokenizer)) {
                long[] closing = template.prompt(tokenizer, "Is the gate open?").after();
                long ends = controlIds(closing, controlTokens);
                for (String token : spelled) {
                    String question = "Is " + token + token + " the gate " + token + "open?";
                    long[] ids = template.prompt(tokenizer, question).after();
                    assertThat(controlIds(ids, controlTokens))
                            .as("control tokens of %s with %s", question, template)
                            .isEqualTo(ends);
                }
            }
        }
    }

    private static long controlIds(long[] ids, Map<String, Integer> controlTokens) {
        return LongStream.of(ids).filter(id -> controlTokens.containsValue((int) id)).count();
    }

    private static List<ChatTemplate> usable(Tokenizer tokenizer) {
        List<ChatTemplate> usable = new ArrayList<>();
        for (ChatTemplate template : ChatTemplate.values()) {
            try {
                template.prompt(tokenizer, "Is the gate open?");
                usable.add(template);
            } catch (ModelFileException withoutItsTokens) {
                // The template is another tokenizer's.
            }
        }
        assertThat(usable).isNotEmpty();
        return usable;
    }
}
