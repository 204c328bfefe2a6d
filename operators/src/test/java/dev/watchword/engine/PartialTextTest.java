package dev.watchword.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.TextModel;
import dev.watchword.model.text.Tokenizer;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a tokenizer whose tokens are bytes. */
class PartialTextTest {
    @TempDir static Path directory;

    private static ModelDirectory model;

    @BeforeAll
    static void writeModel() throws Exception {
        model = UntrainedModel.of(UntrainedShapes.tiny(), 7).write(directory.resolve("model"));
    }

    /** What is told of a text whose tokens come a nanosecond apart. */
    private static List<String> told(String text, Duration interval) {
        List<String> told = new ArrayList<>();
        try (TextModel words = TextModel.open(model, "auto");
                Tokenizer tokenizer = Tokenizer.open(model.requiredTokenizerFile())) {
            PartialText partial =
                    new PartialText(
                            words.newAnswer(),
                            (part, soFar) -> {
                                assertThat(part).isEqualTo(told.size() + 1);
                                told.add(soFar);
                            },
                            interval);
            List<Integer> generated = new ArrayList<>();
            for (long id : tokenizer.encodePlain(text)) {
                generated.add((int) id);
                partial.tell(generated, generated.size());
            }
        }
        return told;
    }

    @Test
    void tellsWholeCharactersOnly() {
        assertThat(told("a\u00e7\u4f60\ud83d\ude42!", Duration.ZERO))
                .containsExactly(
                        "a",
                        "a\u00e7",
                        "a\u00e7\u4f60",
                        "a\u00e7\u4f60\ud83d\ude42",
                        "a\u00e7\u4f60\ud83d\ude42!");
    }

    @Test
    void tellsNothingAgainWhereOnlyWhiteSpaceCame() {
        assertThat(told("a \n b", Duration.ZERO)).containsExactly("a", "a \n b");
    }

    @Test
    void tellsAtMostOnceInAnInterval() {
        assertThat(told("abcdefgh", Duration.ofNanos(3))).containsExactly("a", "abcd", "abcdefg");
    }
}
