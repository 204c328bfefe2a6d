package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchword.job.questions.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final List<Span> EVIDENCE = List.of(new Span(2, 4), new Span(7, 8));

    private final Tally tally = new Tally();

    private ExamRow row() {
        tally.add(View.HISTORY, true);
        return tally.row("past", 10, "all", View.HISTORY, Optional.empty());
    }

    @Test
    void countsCitationsThatShowWhatDecides() {
        tally.addCitation(EVIDENCE, OptionalLong.of(3), 10);
        tally.addCitation(EVIDENCE, OptionalLong.of(7), 10);
        tally.addCitation(EVIDENCE, OptionalLong.of(4), 10);
        tally.addCitation(EVIDENCE, OptionalLong.of(8), 10);

        assertThat(row().cited()).hasValue(0.5);
    }

    @Test
    void tellsWhatAFrameDrawnAtRandomWouldShow() {
        tally.addCitation(EVIDENCE, OptionalLong.of(3), 10);
        tally.addCitation(EVIDENCE, OptionalLong.of(3), 6);

        assertThat(row().citedByChance().orElseThrow())
                .isCloseTo((3 / 10.0 + 2 / 6.0) / 2, within(1e-12));
    }

    @Test
    void saysNothingWhereNothingDecidesOrNothingIsCited() {
        tally.addCitation(List.of(), OptionalLong.of(3), 10);
        tally.addCitation(EVIDENCE, OptionalLong.empty(), 10);

        assertThat(row().cited()).isEmpty();
        assertThat(row().citedByChance()).isEmpty();
    }
}
