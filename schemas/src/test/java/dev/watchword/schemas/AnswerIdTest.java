package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerIdTest {
    /** Worked out apart from the code: consumers keep ids, so they may never change. */
    @Test
    void idsStayTheSameForEver() {
        assertThat(AnswerId.of("query-1", "door")).isEqualTo("c2850c47bcea337d045fbff9a073dfd4");
        assertThat(AnswerId.of("query-1", "door", 7)).isEqualTo("87edcb85815153217c264e3076ff2ab4");
        assertThat(AnswerId.ofFrame("query-1", "door", 7))
                .isEqualTo("787d42aa8e2b665f7d6c6ae97166e9b1");
        assertThat(AnswerId.of("Frage-ü", "")).isEqualTo("aca667a21143be828a33dec046962ed7");
    }

    @Test
    void theFirstPartIsTheOnlyOne() {
        assertThat(AnswerId.of("q", "s", 0)).isEqualTo(AnswerId.of("q", "s"));
    }

    @Test
    void everyPartOfTheIdCounts() {
        assertThat(
                        Set.of(
                                AnswerId.of("ab", "c"),
                                AnswerId.of("a", "bc"),
                                AnswerId.of("abc", ""),
                                AnswerId.of("", "abc"),
                                AnswerId.of("c", "ab"),
                                AnswerId.of("ab", "c", 1),
                                AnswerId.of("ab", "c", -1),
                                AnswerId.ofFrame("ab", "c", 0),
                                AnswerId.ofFrame("ab", "c", 1)))
                .as("no two are the same")
                .hasSize(9);
    }
}
