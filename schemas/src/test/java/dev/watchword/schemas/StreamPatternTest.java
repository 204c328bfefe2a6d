package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*, yard-1",
        "yard-*, yard-1",
        "yard-*, yard-",
        "*-1, yard-1",
        "y*d-*, yard-12",
        "*a*, yard",
        "**, x",
        "a*ab, aab",
        "*ab*ab, abxabab",
        "y.*d, y.d"
    })
    void matches(String pattern, String name) {
        assertThat(new StreamPattern(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "yard-*, yard",
        "yard-*, my-yard-1",
        "*-1, yard-12",
        "a*a, a",
        "*ab*ab, xab",
        "y.*d, yard",
        "Yard*, yard"
    })
    void doesNotMatch(String pattern, String name) {
        assertThat(new StreamPattern(pattern).matches(name)).isFalse();
    }

    @Test
    void manyStarsAreNoWork() {
        StreamPattern pattern = new StreamPattern("*a".repeat(90) + "b");
        String name = "a".repeat(StreamName.LONGEST);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThat(pattern.matches(name)).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "yard-*", "a/b:c_d.*", "door"})
    void allowsNamesAndPatterns(String text) {
        assertThat(StreamPattern.problem(text)).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(StreamPattern.problem("yard *").orElseThrow())
                .contains("the pattern", "position 5", "not allowed", "use *");
        assertThat(StreamPattern.problem("*".repeat(201)).orElseThrow())
                .contains("201 characters", "at most 200");
        assertThat(StreamPattern.problem("no name!").orElseThrow()).contains("the stream's name");
        assertThat(StreamPattern.problem("")).isPresent();
    }

    @Test
    void aQuerysNamesAreEachTakenOnce() {
        Query query =
                Query.newBuilder()
                        .setQueryId("q")
                        .setStream("door")
                        .setStreams(List.of("yard-*", "door", "gate", "gate"))
                        .build();

        assertThat(QueryStreams.of(query)).containsExactly("door", "yard-*", "gate");
        assertThat(QueryStreams.together(query)).isEqualTo("door,yard-*,gate");
        assertThat(QueryStreams.of(Query.newBuilder().setQueryId("q").build())).containsExactly("");
    }
}
