package dev.watchword.job.cli;

import dev.watchword.job.train.Training;
import dev.watchword.job.yard.Pair;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model like the bundled one. */
@Command(
        name = "train",
        description = {
            "Trains a model like the bundled one on yards that it draws: from scratch 2 to 4 hours on 2 cores that multiply in bfloat16, 6 on others.",
            "Interrupted, and called again with the same options, it goes on where it was."
        },
        footer = {
            "",
            "Examples:",
            "  watchword train --output /var/tmp/yard-model",
            "  watchword train --output /tmp/other --seed 7 --left-out \"red car,blue bicycle\"",
            "  watchword train --output /tmp/further --from /var/tmp/yard-model/model --seed 8",
            "  watchword eval --seed 1 --direct --model /var/tmp/yard-model/model"
        })
final class TrainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description =
                    "The folder for everything: pictures (5 GB), state, log, chart, and the model directory 'model'.")
    private Path output;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of everything that is drawn: ${DEFAULT-VALUE} if not given.")
    private long seed;

    @Option(
            names = "--left-out",
            paramLabel = "PAIR",
            split = ",",
            defaultValue = "green van,yellow bicycle,white person",
            description =
                    "Pairs that the model never sees and is never asked about: ${DEFAULT-VALUE} if not given.")
    private List<String> leftOut;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "Begin with the weights of this model, which is of the bundled one's shape, and train in fewer steps: at most an hour and a half.")
    private Optional<Path> from = Optional.empty();

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "1",
            description =
                    "Train for a share of the steps, with a share of the pictures: a look at how it goes.")
    private double share;

    @Mixin private ThreadsOption threads;

    @Override
    public Integer call() throws Exception {
        if (!(share > 0 && share <= 1)) {
            throw new ParameterException(
                    spec.commandLine(), "--share is above 0 and at most 1, not " + share);
        }
        PrintWriter out = spec.commandLine().getOut();
        threads.apply();
        Set<Pair> pairs = leftOut.stream().map(this::pair).collect(Collectors.toSet());
        Training training =
                from.map(model -> Training.further(model, output, seed, pairs, share, out::println))
                        .orElseGet(
                                () ->
                                        Training.fromScratch(
                                                output, seed, pairs, share, out::println));
        return CtrlC.during(
                out,
                "Stopped. Called again with the same options it goes on from here.",
                () -> {
                    out.println("The model is in " + training.run().path() + ".");
                    out.println(
                            "Examine it: watchword eval --seed 1 --direct --model "
                                    + output.resolve("model"));
                    return ExitCode.OK;
                });
    }

    private Pair pair(String text) {
        try {
            return Pair.named(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
