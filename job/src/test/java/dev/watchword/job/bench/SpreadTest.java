package dev.watchword.job.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void ofAnOddNumberTheMedianIsTheMiddleOneInWhateverOrder() {
        assertThat(Spread.of(9, 1, 5, 3, 7)).isEqualTo(new Spread(5, 3, 5, 7));
    }

    @Test
    void betweenTwoMeasurementsItIsInterpolated() {
        assertThat(Spread.of(1, 2, 3, 10)).isEqualTo(new Spread(4, 1.75, 2.5, 4.75));
    }

    @Test
    void ofOneMeasurementAllAreThatOne() {
        assertThat(Spread.of(4)).isEqualTo(new Spread(1, 4, 4, 4));
    }

    @Test
    void oneDisturbedMeasurementMovesNothing() {
        assertThat(Spread.of(3, 4, 5, 6, 1_000)).isEqualTo(Spread.of(3, 4, 5, 6, 7));
    }

    @Test
    void timesAFactorIsAsIfEveryMeasurementHadBeen() {
        assertThat(Spread.of(1, 2, 6).times(1000)).isEqualTo(Spread.of(1000, 2000, 6000));
    }

    @Test
    void ofNothingThereIsNone() {
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }
}
