package dev.watchword.job.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One direction of a chart: where a number lies.
 *
 * @param label what the numbers are, with their unit
 * @param least at the beginning
 * @param most at the end, above {@code least}
 * @param logarithmic whether equal steps are equal factors; then {@code least} is above 0
 */
record Axis(String label, double least, double most, boolean logarithmic) {
    private static final int LINEAR_STEPS = 5;
    private static final double[] NICE = {1, 2, 5, 10};
    private static final double MOST_DECADES_OF_NICE = 2.5;
    private static final MathContext DIGITS = new MathContext(3);

    /**
     * An axis on which all of the numbers lie, with round ends. A linear one begins at 0; on a
     * logarithmic one numbers that are not above 0 have no place.
     */
    static Axis over(String label, boolean logarithmic, double[] numbers) {
        double most = Arrays.stream(numbers).max().orElse(1);
        if (logarithmic) {
            double least = Arrays.stream(numbers).filter(number -> number > 0).min().orElse(1);
            double from = niceBelow(least);
            double to = niceAbove(Math.max(most, least));
            return new Axis(label, from, from < to ? to : 10 * from, true);
        }
        if (most <= 0) {
            return new Axis(label, 0, 1, false);
        }
        double step = niceAbove(most / LINEAR_STEPS);
        return new Axis(label, 0, step * Math.ceil(most / step), false);
    }

    /** Where a number lies, from 0 at the beginning to 1 at the end. */
    double share(double number) {
        if (logarithmic) {
            return Math.log(number / least) / Math.log(most / least);
        }
        return (number - least) / (most - least);
    }

    /** Whether a number has a place on it. */
    boolean holds(double number) {
        return number >= least && number <= most;
    }

    /** Round numbers, rising, for a person to read it by. */
    List<Double> ticks() {
        return logarithmic ? logarithmicTicks() : linearTicks();
    }

    private List<Double> linearTicks() {
        double step = niceAbove((most - least) / LINEAR_STEPS);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; least + i * step <= most * (1 + 1e-9); i++) {
            ticks.add(least + i * step);
        }
        return ticks;
    }

    private List<Double> logarithmicTicks() {
        boolean tensAlone = Math.log10(most / least) > MOST_DECADES_OF_NICE;
        List<Double> ticks = new ArrayList<>();
        for (int power = (int) Math.floor(Math.log10(least)); ; power++) {
            for (double nice : tensAlone ? new double[] {1} : new double[] {1, 2, 5}) {
                double tick = nice * Math.pow(10, power);
                if (tick > most * (1 + 1e-9)) {
                    return ticks;
                }
                if (tick >= least * (1 - 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
    }

    /** A number as it is written on a chart: three digits, or as many as it has before the point. */
    static String text(double number) {
        return new BigDecimal(number).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    private static double niceAbove(double number) {
        double ten = Math.pow(10, Math.floor(Math.log10(number)));
        for (double nice : NICE) {
            if (nice * ten >= number * (1 - 1e-9)) {
                return nice * ten;
            }
        }
        return 10 * ten;
    }

    private static double niceBelow(double number) {
        double above = niceAbove(number);
        if (above <= number * (1 + 1e-9)) {
            return above;
        }
        double ten = Math.pow(10, Math.floor(Math.log10(number)));
        double below = ten;
        for (double nice : NICE) {
            below = nice * ten <= number ? nice * ten : below;
        }
        return below;
    }
}
