package dev.watchword.job.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScoreTest {
    @Test
    void intervalsAreWilsons() {
        Score score = new Score(81, 263);
        assertThat(score.accuracy()).isCloseTo(0.308, within(0.001));
        assertThat(score.low()).isCloseTo(0.2553, within(0.0001));
        assertThat(score.high()).isCloseTo(0.3662, within(0.0001));
    }

    @Test
    void intervalsStayWithinTheirBoundsWhereAllOrNothingIsRight() {
        assertThat(new Score(10, 10).high()).isEqualTo(1);
        assertThat(new Score(10, 10).low()).isCloseTo(0.7225, within(0.0001));
        assertThat(new Score(0, 10).low()).isZero();
        assertThat(new Score(0, 10).high()).isCloseTo(0.2775, within(0.0001));
        assertThat(Score.NONE.low()).isZero();
        assertThat(Score.NONE.high()).isEqualTo(1);
        assertThat(Score.NONE.accuracy()).isNaN();
    }

    @Test
    void countsWhatIsRight() {
        assertThat(Score.NONE.plus(true).plus(false).plus(true)).isEqualTo(new Score(2, 3));
        assertThatThrownBy(() -> new Score(4, 3)).hasMessageContaining("4 of 3");
    }

    @Test
    void marksWithoutRegardToCapitalsAndBlanksAtTheEnds() {
        assertThat(Marking.isRight(" Not yet\n", "not yet")).isTrue();
        assertThat(Marking.isRight("not  yet", "not yet")).isFalse();
        assertThat(Marking.isRight("no", "not yet")).isFalse();
        assertThat(Marking.isRight("", "no")).isFalse();
    }
}
