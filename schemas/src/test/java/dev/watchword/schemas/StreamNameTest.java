package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"d", "door", "site-1/floor_2:Cam.03", "0", "AZaz09._:/-"})
    void goodNamesHaveNoProblem(String name) {
        assertThat(StreamName.problem(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "tür", "a\n", "a@b", "`", "{", "[", "é", "a\u0000", "門", ",", ";"})
    void otherCharactersAreNotAllowed(String name) {
        assertThat(StreamName.problem(name)).get().asString().contains("is not allowed");
    }

    @Test
    void theProblemNamesTheNameAndThePlace() {
        assertThat(StreamName.problem("front door"))
                .contains(
                        "the stream's name \"front door\" has a character at position 6 that is not allowed; use letters a-z and A-Z, digits, and . _ - / :");
    }

    @Test
    void lengthIsBounded() {
        assertThat(StreamName.problem("")).get().asString().contains("empty");
        assertThat(StreamName.problem("a".repeat(200))).isEmpty();
        assertThat(StreamName.problem("a".repeat(201)))
                .contains("the stream's name has 201 characters; at most 200 are allowed");
    }
}
