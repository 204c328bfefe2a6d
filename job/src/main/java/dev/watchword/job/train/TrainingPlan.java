package dev.watchword.job.train;

import dev.watchword.job.train.Stage.Lesson;
import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.model.training.SideWeights;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much is trained.
 *
 * @param seed of everything that is drawn
 * @param groups of yards that are drawn
 * @param pictures in a step of single pictures, in all its batches
 * @param asked questions of each long history
 * @param leftOut pairs that are never shown and never asked about
 * @param shape of the network
 * @param stages one after the other
 */
record TrainingPlan(
        long seed,
        int groups,
        int pictures,
        int asked,
        Set<Pair> leftOut,
        NetworkShape shape,
        List<Stage> stages) {
    private static final Set<String> SEEING =
            Set.of("vision tower", "compressor", "projector", "pre-fusion");
    private static final Set<String> ALL =
            Set.of("vision tower", "compressor", "projector", "pre-fusion", "decoder");

    private static final Set<String> LANGUAGE = Set.of("decoder");

    /** Colours come before their shades. */
    private static final SideWeights COLOURS = new SideWeights(1, 0, 0, 0);

    private static final SideWeights SHADES = new SideWeights(1, 10, 0, 0);

    /** What happens, and when, is learnt beside the answers. */
    private static final SideWeights HISTORIES = new SideWeights(0, 0, 1, 0.3);

    /** Pairs that the bundled model has never seen. */
    static final Set<Pair> LEFT_OUT =
            Set.of(
                    new Pair(Colour.GREEN, Kind.VAN),
                    new Pair(Colour.YELLOW, Kind.BICYCLE),
                    new Pair(Colour.WHITE, Kind.PERSON));

    /** The plan for a model like the bundled one, from random weights. */
    static TrainingPlan fromScratch(long seed, Set<Pair> leftOut) {
        return bundled(
                seed,
                leftOut,
                new Stage(Lesson.SEEING, SEEING, 6_400, 1.5e-3, COLOURS),
                new Stage(Lesson.GREYS, SEEING, 2_000, 7e-4, SHADES),
                new Stage(Lesson.ANSWERING, ALL, 2_800, 8e-4, SHADES),
                new Stage(Lesson.NOTICING, LANGUAGE, 2_500, 1e-3, HISTORIES),
                new Stage(Lesson.REMEMBERING, LANGUAGE, 14_000, 1e-3, HISTORIES));
    }

    /** The plan for a model of that kind that has been trained before: fewer and smaller steps. */
    static TrainingPlan further(long seed, Set<Pair> leftOut) {
        return bundled(
                seed,
                leftOut,
                new Stage(Lesson.SEEING, SEEING, 1_200, 1e-3, COLOURS),
                new Stage(Lesson.GREYS, SEEING, 1_400, 7e-4, SHADES),
                new Stage(Lesson.ANSWERING, ALL, 1_200, 6e-4, SHADES),
                new Stage(Lesson.NOTICING, LANGUAGE, 200, 5e-4, HISTORIES),
                new Stage(Lesson.REMEMBERING, LANGUAGE, 2_600, 8e-4, HISTORIES));
    }

    private static TrainingPlan bundled(long seed, Set<Pair> leftOut, Stage... stages) {
        return new TrainingPlan(seed, 160, 64, 16, leftOut, NetworkShape.BUNDLED, List.of(stages));
    }

    /** How many questions about the past are asked to find the heads that look at evidence. */
    int evidenceQuestions() {
        boolean remembers = stages.stream().anyMatch(each -> each.lesson() == Lesson.REMEMBERING);
        return remembers ? 2 * groups : 0;
    }

    /** What decides which steps are learnt, in a line. */
    String told() {
        return "seed %d, %d yards, left out %s; steps: %s"
                .formatted(
                        seed,
                        groups * SceneBank.GROUP,
                        leftOut.stream().map(Pair::toString).sorted().toList(),
                        stages.stream()
                                .map(stage -> stage.name() + " " + stage.steps())
                                .collect(Collectors.joining(", ")));
    }

    /** The same with a share of the steps and of the yards, at least one each. */
    TrainingPlan shortened(double share) {
        List<Stage> shorter =
                stages.stream()
                        .map(
                                stage ->
                                        new Stage(
                                                stage.lesson(),
                                                stage.parts(),
                                                shortened(stage.steps(), share),
                                                stage.rate(),
                                                stage.weights()))
                        .toList();
        return new TrainingPlan(
                seed, shortened(groups, share), pictures, asked, leftOut, shape, shorter);
    }

    private static int shortened(int count, double share) {
        return (int) Math.max(1, Math.ceil(count * share));
    }
}
