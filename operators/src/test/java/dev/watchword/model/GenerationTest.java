package dev.watchword.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.tensor.Tensor;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {
    private static final int PROMPT = 30;
    private static LlavaMini network;

    @BeforeAll
    static void load() {
        network = GoldenNetworks.load(GoldenNetworks.LLAMA);
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static List<Integer> generate(Sampling sampling, int room, int slice, int tokens) {
        try (TensorScope scope = network.newScope()) {
            Tensor prompt =
                    GoldenNetworks.normal(scope, 3, PROMPT, network.config().language().width());
            List<Integer> ids = new ArrayList<>();
            try (Generation generation = network.generate(prompt, sampling, room)) {
                int slices = 1;
                while (!generation.prefill(slice)) {
                    slices++;
                }
                assertThat(slices).isEqualTo((PROMPT - 1) / slice + 1);
                while (ids.size() < tokens) {
                    ids.add(generation.next());
                }
            }
            return ids;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 39})
    void goesOnBeyondTheRoomItWasGiven(int room) {
        assertThat(generate(Sampling.GREEDY, room, PROMPT, 45))
                .isEqualTo(generate(Sampling.GREEDY, 45, PROMPT, 45));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 29})
    void doesNotDependOnTheSlicesInWhichThePromptIsRead(int slice) {
        assertThat(generate(Sampling.GREEDY, 40, slice, 20))
                .isEqualTo(generate(Sampling.GREEDY, 40, PROMPT, 20));
    }

    @Test
    void drawsTheSameTokensFromTheSameSeedOnly() {
        List<Integer> drawn = generate(new Sampling(1, 0.95, 42), 40, PROMPT, 20);

        assertThat(generate(new Sampling(1, 0.95, 42), 40, PROMPT, 20)).isEqualTo(drawn);
        assertThat(generate(new Sampling(1, 0.95, 43), 40, PROMPT, 20)).isNotEqualTo(drawn);
    }

    @Test
    void saysThatThePromptMustBeReadFirst() {
        try (TensorScope scope = network.newScope()) {
            Tensor prompt =
                    GoldenNetworks.normal(scope, 3, PROMPT, network.config().language().width());
            try (Generation generation = network.generate(prompt, Sampling.GREEDY, 4)) {
                assertThat(generation.prefill(PROMPT - 1)).isFalse();
                assertThatThrownBy(generation::next)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("has not been read");
                assertThat(generation.prefill(1)).isTrue();
                assertThat(generation.next()).isNotNegative();
            }
        }
    }
}
