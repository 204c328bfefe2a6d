package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Span;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaperWriterTest {
    private static final Set<Family> FAMILIES = Family.BY_THEMSELVES;
    private static final Paper PAPER = PaperWriter.ofAll(1).write(100, FAMILIES, 200);

    @Test
    void theSameSeedGivesTheSamePaperAndAnotherSeedAnother() {
        assertThat(PaperWriter.ofAll(1).write(100, FAMILIES, 200)).isEqualTo(PAPER);
        assertThat(PaperWriter.ofAll(2).write(100, FAMILIES, 200).sheets())
                .doesNotContainAnyElementsOf(PAPER.sheets());
    }

    @Test
    void asksAsMuchAsIsWantedOfEachFamilyAndNothingTwice() {
        Map<Family, Long> counts =
                PAPER.questions()
                        .collect(
                                Collectors.groupingBy(YardQuestion::family, Collectors.counting()));
        assertThat(counts).containsOnlyKeys(FAMILIES);
        assertThat(counts.values()).containsOnly(200L);
        for (Sheet sheet : PAPER.sheets()) {
            for (Sheet.Look look : sheet.looks()) {
                assertThat(look.questions().stream().map(q -> Marking.bare(q.text())))
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void usesOnlySeedsThatTrainingDoesNot() {
        assertThat(PAPER.sheets()).allMatch(sheet -> sheet.seed() < 0);
        assertThat(new WaitWriter(1).write(100, 5)).allMatch(sheet -> sheet.seed() < 0);
        assertThat(ExamSeeds.of(1, 2, 3)).isNegative().isNotEqualTo(ExamSeeds.of(1, 3, 2));
    }

    @Test
    void asksOnlyAboutWhatHasBeenSeen() {
        for (Sheet sheet : PAPER.sheets()) {
            for (Sheet.Look look : sheet.looks()) {
                assertThat(look.end()).isBetween(100, sheet.seconds());
                assertThat(look.questions().stream().flatMap(q -> q.evidence().stream()))
                        .extracting(Span::to)
                        .allMatch(to -> to <= look.end());
            }
        }
    }

    @Test
    void noAnswerIsMuchMoreFrequentThanItsCounterpart() {
        for (Family family : FAMILIES) {
            Map<String, Long> counts =
                    PAPER.questions()
                            .filter(question -> question.family() == family)
                            .collect(
                                    Collectors.groupingBy(
                                            YardQuestion::answer, Collectors.counting()));
            long yes = counts.getOrDefault("yes", 0L);
            assertThat(yes).isBetween(counts.getOrDefault("no", 0L) - 10, yes + 10);
            assertThat(counts.getOrDefault("0", 0L)).isLessThanOrEqualTo(52);
        }
    }

    @Test
    void asksOfTheLastFrameAloneOnlyWhatIsToBeSeenInIt() {
        Paper paper = PaperWriter.ofAll(3).write(1, List.of(Family.NOW_COUNT), 60);
        for (Sheet sheet : paper.sheets()) {
            assertThat(sheet.lastFrameOnly()).isTrue();
            for (int look = 0; look < sheet.looks().size(); look++) {
                int end = sheet.looks().get(look).end();
                assertThat(sheet.shown(look)).isEqualTo(look + 1);
                assertThat(sheet.looks().get(look).questions())
                        .allMatch(q -> q.evidence().equals(List.of(new Span(end - 1, end))));
            }
        }
        Sheet sheet = paper.sheets().get(0);
        assertThat(sheet.pictures().apply(0))
                .isEqualTo(
                        Sheet.camera(sheet.seed(), sheet.seconds())
                                .apply(sheet.looks().get(0).end() - 1));
    }

    @Test
    void aPaperAboutPairsAsksAboutNothingElse() {
        Set<Pair> pairs =
                Set.of(new Pair(Colour.RED, Kind.VAN), new Pair(Colour.BLUE, Kind.BICYCLE));
        Paper paper = PaperWriter.about(pairs, 4).write(100, List.of(Family.PAST), 30);
        assertThat(paper.questions().count()).isEqualTo(30);
        assertThat(paper.questions())
                .noneMatch(question -> Collections.disjoint(question.about(), pairs));
        assertThat(paper.questions().map(YardQuestion::answer)).contains("yes", "no");
    }

    @Test
    void aPaperWithoutPairsIsAboutYardsToWhichNoneOfThemComes() {
        Set<Pair> pairs =
                Set.of(new Pair(Colour.RED, Kind.CAR), new Pair(Colour.BLACK, Kind.PERSON));
        Paper paper = PaperWriter.without(pairs, 4).write(100, List.of(Family.PAST), 30);
        assertThat(paper.questions().count()).isEqualTo(30);
        assertThat(paper.questions())
                .allMatch(question -> Collections.disjoint(question.about(), pairs));
        assertThat(paper.sheets())
                .allMatch(
                        sheet ->
                                Collections.disjoint(
                                        Population.of(sheet.seed(), Set.of()).pairs(), pairs));
        assertThat(PaperWriter.ofAll(4).write(100, List.of(Family.PAST), 30).sheets())
                .anyMatch(
                        sheet ->
                                !Collections.disjoint(
                                        Population.of(sheet.seed(), Set.of()).pairs(), pairs));
    }

    @Test
    void theMajorityIsTheMostFrequentAnswer() {
        Map<String, Long> counts =
                PAPER.questions()
                        .filter(question -> question.family() == Family.NOW_COUNT)
                        .map(YardQuestion::answer)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(counts.get(PAPER.mostFrequentAnswer(Family.NOW_COUNT)))
                .isEqualTo(Collections.max(counts.values()));
        assertThat(PAPER.mostFrequentAnswer(Family.WAIT_UNTIL)).isEmpty();
    }
}
