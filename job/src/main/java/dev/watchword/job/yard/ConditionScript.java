package dev.watchword.job.yard;

import java.util.List;
import java.util.SplittableRandom;

/** The state of the yard itself, second by second, one byte a second. */
final class ConditionScript {
    private static final int GATE = 1;
    private static final int DOOR = 2;
    private static final int LAMP = 4;
    private static final int RAIN = 8;
    private static final int LIGHT_SHIFT = 4;
    private static final int LONG_SCRIPT = 900;
    private static final int LONGEST_CYCLE = 86_400;
    private static final Daylight[] LIGHTS = Daylight.values();

    private final byte[] states;

    private ConditionScript(byte[] states) {
        this.states = states;
    }

    /** Writes the conditions of a script whose vehicles come and go as given. */
    static ConditionScript write(long seed, int seconds, List<Course> courses) {
        byte[] states = new byte[seconds];
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, 0x636f6e));
        writeLight(states, random);
        writeSpans(states, GATE, random, between(random, 15, 120), between(random, 25, 200));
        openForVehicles(states, random, courses);
        writeSpans(states, DOOR, random, between(random, 10, 60), between(random, 12, 90));
        double wet = between(random, 40, 400);
        writeSpans(states, RAIN, random, wet, wet * between(random, 2, 7));
        writeLamp(states, random, between(random, 25, 180));
        return new ConditionScript(states);
    }

    Conditions at(int second) {
        int state = states[second];
        return new Conditions(
                (state & GATE) != 0,
                (state & DOOR) != 0,
                (state & LAMP) != 0,
                LIGHTS[state >> LIGHT_SHIFT],
                (state & RAIN) != 0);
    }

    private static double between(SplittableRandom random, double low, double high) {
        return low * Math.pow(high / low, random.nextDouble());
    }

    /** Returns a random length with a given mean, at least 3. */
    private static int length(SplittableRandom random, double mean) {
        return 3 + (int) (-(mean - 3) * Math.log(1 - random.nextDouble()));
    }

    /** Sets a flag for spans of one mean length with pauses of another. */
    private static void writeSpans(
            byte[] states, int flag, SplittableRandom random, double on, double off) {
        boolean set = random.nextDouble() < on / (on + off);
        int second = 0;
        while (second < states.length) {
            int until = Math.min(states.length, second + length(random, set ? on : off));
            if (set) {
                set(states, flag, second, until);
            }
            second = until;
            set = !set;
        }
    }

    private static void openForVehicles(
            byte[] states, SplittableRandom random, List<Course> courses) {
        for (Course course : courses) {
            Visit visit = course.visit();
            if (course.inbound() > 0) {
                openAround(states, random, visit.from(), visit.from() + course.inbound());
            }
            if (course.outbound() > 0) {
                openAround(states, random, visit.to() - course.outbound(), visit.to());
            }
        }
    }

    private static void openAround(byte[] states, SplittableRandom random, int from, int to) {
        set(
                states,
                GATE,
                Math.max(0, from - random.nextInt(0, 6)),
                Math.min(states.length, to + random.nextInt(0, 12)));
    }

    private static void set(byte[] states, int flag, int from, int to) {
        for (int second = from; second < to; second++) {
            states[second] |= (byte) flag;
        }
    }

    private static void writeLight(byte[] states, SplittableRandom random) {
        double phase = random.nextDouble();
        boolean isLong = states.length >= LONG_SCRIPT;
        double shortChanges = random.nextDouble() < 0.25 ? 0.3 : 0.0;
        double period =
                isLong
                        ? Math.min(LONGEST_CYCLE, states.length * between(random, 0.4, 1.5))
                        : states.length / Math.max(1e-9, shortChanges);
        for (int second = 0; second < states.length; second++) {
            double turn = phase + second / period;
            Daylight light = light(turn - Math.floor(turn));
            states[second] |= (byte) (light.ordinal() << LIGHT_SHIFT);
        }
    }

    /** Day, dusk, night, and dawn, which looks like dusk. */
    private static Daylight light(double turn) {
        if (turn < 0.42) {
            return Daylight.DAY;
        }
        if (turn < 0.53) {
            return Daylight.DUSK;
        }
        return turn < 0.89 ? Daylight.NIGHT : Daylight.DUSK;
    }

    private static void writeLamp(byte[] states, SplittableRandom random, double mean) {
        int second = 0;
        while (second < states.length) {
            int until = Math.min(states.length, second + length(random, mean));
            if (random.nextDouble() < lampShare(LIGHTS[states[second] >> LIGHT_SHIFT])) {
                set(states, LAMP, second, until);
            }
            second = until;
        }
    }

    private static double lampShare(Daylight light) {
        return switch (light) {
            case DAY -> 0.3;
            case DUSK -> 0.5;
            case NIGHT -> 0.65;
        };
    }
}
