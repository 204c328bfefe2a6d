package dev.watchword.job.train;

import dev.watchword.job.yard.Appearance;
import dev.watchword.job.yard.Box;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Sighting;
import dev.watchword.model.training.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Single pictures of which some have no colours at all, and some none in a box about one of the
 * things. What is seen there in greys is told to be of no other colour than white or black.
 */
record GreyBatches(SceneBank bank, int size) implements Batches {
    private static final double GREY = 0.2;
    private static final double GREY_IN_A_BOX = 0.3;
    private static final double LEAST_MARGIN = 0.02;
    private static final double MOST_MARGIN = 0.16;

    @Override
    public TrainingBatch next(RandomGenerator random) {
        List<byte[]> pictures = new ArrayList<>();
        int[][] states = new int[size][];
        for (int i = 0; i < size; i++) {
            int yard = random.nextInt(bank.size());
            int second = random.nextInt(SceneBank.SECONDS);
            byte[] picture = bank.picture(yard, second);
            int[] told = bank.states(yard, second);
            Moment moment = bank.yard(yard).at(second);
            List<Sighting> things = moment.sightings();
            double chance = random.nextDouble();
            if (chance < GREY) {
                picture = Variation.withoutColours(picture);
                told = SceneStates.withoutColours(told);
            } else if (chance < GREY + GREY_IN_A_BOX && !things.isEmpty()) {
                Map<Sighting, Appearance> looks = bank.looks(yard, second);
                Box box = about(looks.get(things.get(random.nextInt(things.size()))).box(), random);
                picture = Variation.withoutColours(picture, box);
                told = SceneStates.withoutColours(told, moment, looks, box);
            }
            pictures.add(picture);
            states[i] = told;
        }
        return new TrainingBatch(
                Variation.of(pictures, random), states, Optional.empty(), Optional.empty());
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
