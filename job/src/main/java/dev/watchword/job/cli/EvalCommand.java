package dev.watchword.job.cli;

import dev.watchword.job.exam.ExamPlan;
import dev.watchword.job.questions.Family;
import dev.watchword.job.yard.Pair;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Examines a model on yards that it was not trained on. */
@Command(
        name = "eval",
        description = {
            "Asks a model questions about simulated yards whose truth is known, and counts the right answers.",
            "Beside the accuracy with its interval of 95 percent stands what one gets without looking: the most frequent answer, no frames, the last frame alone, the mean of the tokens."
        },
        footer = {
            "",
            "Examples:",
            "  watchword eval --seed 1 --direct",
            "  watchword eval --seed 1 --families now-count,past --lengths 1000 --questions 200"
        })
final class EvalCommand implements Callable<Integer> {
    private static final String ISOLATION = "isolation";
    private static final String SPAN = "span";

    @Spec private CommandSpec spec;
    @Mixin private SettingsOptions settings;

    @Option(
            names = "--seed",
            required = true,
            paramLabel = "N",
            description = "From which the yards and the questions follow.")
    private long seed;

    @Option(
            names = "--families",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Of the questions: now-attribute, now-count, past, order, event-count, unanswerable, wait-until, which-yard (of four, asked together), follow-up (behind another question and its answer), span (in the middle of histories of 200 frames or more), isolation. All if not given.")
    private List<String> families = List.of();

    @Option(
            names = "--lengths",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,10000",
            description =
                    "How many frames the histories have: ${DEFAULT-VALUE}. Questions about now are also asked of the last frame alone.")
    private List<Integer> lengths;

    @Option(
            names = "--questions",
            paramLabel = "N",
            defaultValue = "1000",
            description =
                    "How many questions of each family and length, at most: ${DEFAULT-VALUE}; of standing wishes a fifth, and behind more than 2,000 frames a fiftieth.")
    private int questions;

    @Option(
            names = "--left-out",
            paramLabel = "PAIR",
            split = ",",
            description =
                    "Pairs that were left out of training, such as \"red van\": examined also for themselves, and yards to which none of them comes.")
    private List<String> leftOut = List.of();

    @Option(
            names = "--direct",
            description = "Ask the model alone, without Kafka and Flink; much faster.")
    private boolean direct;

    @Mixin private ModelFlag model;

    @Option(names = "--json", description = "Print one JSON object a line, named as the columns.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Evaluation evaluation = new Evaluation(spec.commandLine(), settings, model);
        return CtrlC.during(
                spec.commandLine().getErr(),
                "Stopped before everything was asked.",
                () -> evaluation.run(plan(), direct, json));
    }

    private ExamPlan plan() {
        try {
            return new ExamPlan(
                    seed,
                    families(),
                    families.isEmpty() || families.contains(SPAN),
                    families.isEmpty() || families.contains(ISOLATION),
                    lengths,
                    questions,
                    pairs());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Set<Family> families() {
        Set<Family> named = EnumSet.noneOf(Family.class);
        for (String name : families) {
            if (!name.equals(ISOLATION) && !name.equals(SPAN)) {
                named.add(family(name));
            }
        }
        return families.isEmpty() ? EnumSet.allOf(Family.class) : named;
    }

    private static Family family(String name) {
        return Family.of(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no family of questions is called '%s'; there are %s, %s and %s"
                                                .formatted(
                                                        name,
                                                        Stream.of(Family.values())
                                                                .map(Family::label)
                                                                .collect(Collectors.joining(", ")),
                                                        SPAN,
                                                        ISOLATION)));
    }

    private Set<Pair> pairs() {
        return leftOut.stream().map(Pair::named).collect(Collectors.toUnmodifiableSet());
    }
}
