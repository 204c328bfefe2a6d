package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PopulationTest {
    @Test
    void fewOfAllPairsComeToAYard() {
        for (long seed = 0; seed < 300; seed++) {
            Population population = Population.of(seed, Set.of());
            assertThat(count(population, Kind.CAR, Kind.VAN, Kind.BICYCLE)).isBetween(3L, 8L);
            assertThat(count(population, Kind.PERSON)).isBetween(2L, 4L);
            assertThat(count(population, Kind.DOG)).isBetween(0L, 2L);
            assertThat(count(population, Kind.PARCEL)).isBetween(0L, 1L);
        }
    }

    @Test
    void everyPairComesToSomeYard() {
        Set<Pair> seen = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            seen.addAll(Population.of(seed, Set.of()).pairs());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(Population.allPairs());
    }

    @Test
    void aBarredPairComesToNone() {
        Set<Pair> barred =
                Set.of(
                        new Pair(Colour.RED, Kind.VAN),
                        new Pair(Colour.BLUE, Kind.PERSON),
                        new Pair(Colour.WHITE, Kind.DOG));
        for (long seed = 0; seed < 300; seed++) {
            assertThat(Population.of(seed, barred).pairs()).doesNotContainAnyElementsOf(barred);
        }
    }

    @Test
    void someComeMuchMoreOftenThanOthers() {
        assertThat(Population.of(1, Set.of()).regulars())
                .extracting(Population.Regular::weight)
                .allMatch(weight -> weight > 0 && weight <= 1)
                .anyMatch(weight -> weight < 0.1)
                .anyMatch(weight -> weight > 0.3);
    }

    private static long count(Population population, Kind... kinds) {
        Set<Kind> wanted = Set.of(kinds);
        return population.pairs().stream().filter(pair -> wanted.contains(pair.kind())).count();
    }
}
