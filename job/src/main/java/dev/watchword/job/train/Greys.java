package dev.watchword.job.train;

import dev.watchword.job.train.PictureBatches.Shown;
import dev.watchword.job.yard.Appearance;
import dev.watchword.job.yard.Box;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Sighting;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Takes the colours away from some of the pictures that are shown. */
final class Greys {
    private static final double UNTOLD = 0.35;
    private static final double WHOLE = 0.2;
    private static final double IN_A_BOX = 0.3;
    private static final double LEAST_MARGIN = 0.02;
    private static final double MOST_MARGIN = 0.16;

    private Greys() {}

    /** Where a picture has no colours, none are told. */
    static Shown untold(SceneBank bank, int yard, int second, RandomGenerator random) {
        byte[] picture = bank.picture(yard, second);
        int[] states = bank.states(yard, second);
        return random.nextDouble() < UNTOLD
                ? new Shown(
                        Variation.withoutColours(picture), SceneStates.withUntoldColours(states))
                : new Shown(picture, states);
    }

    /**
     * Some pictures have no colours at all, and some none in a box about one of the things: what is
     * seen there in greys is told to be of no other colour than white or black.
     */
    static Shown told(SceneBank bank, int yard, int second, RandomGenerator random) {
        byte[] picture = bank.picture(yard, second);
        int[] states = bank.states(yard, second);
        double chance = random.nextDouble();
        if (chance < WHOLE) {
            return new Shown(Variation.withoutColours(picture), SceneStates.withoutColours(states));
        }
        Moment moment = bank.yard(yard).at(second);
        List<Sighting> things = moment.sightings();
        if (chance < WHOLE + IN_A_BOX && !things.isEmpty()) {
            Map<Sighting, Appearance> looks = SceneBank.looks(moment);
            Box box = about(looks.get(things.get(random.nextInt(things.size()))).box(), random);
            return new Shown(
                    Variation.withoutColours(picture, box),
                    SceneStates.withoutColours(states, moment, looks, box));
        }
        return new Shown(picture, states);
    }

    private static Box about(Box thing, RandomGenerator random) {
        return new Box(
                thing.left() - margin(random),
                thing.top() - margin(random),
                thing.right() + margin(random),
                thing.bottom() + margin(random));
    }

    private static double margin(RandomGenerator random) {
        return random.nextDouble(LEAST_MARGIN, MOST_MARGIN);
    }
}
