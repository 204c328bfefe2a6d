package dev.watchword.job.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers one question about a picture or a video, without Kafka and Flink. */
@Command(
        name = "answer",
        customSynopsis = "watchword answer [--model=DIR] (--image=FILE | --video=FILE) QUESTION",
        description = {
            "Answers a question about a picture or a video: no Kafka, no Flink.",
            "Of a video it looks at one frame for every second."
        },
        footer = {
            "",
            "Examples:",
            "  watchword answer --image yard.jpg \"Is the gate open?\"",
            "  watchword answer --model /models/llava-mini --image door.jpg \"Is the door open?\"",
            "  watchword answer --model /models/llava-mini --video yard.mp4 \"Who came?\""
        })
final class AnswerCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ModelFlag model;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    /** What is asked about. */
    static final class Subject {
        @Option(names = "--image", paramLabel = "FILE", description = "A JPEG or PNG picture.")
        private Optional<Path> image = Optional.empty();

        @Option(
                names = "--video",
                paramLabel = "FILE",
                description = "A video of any kind that FFmpeg reads.")
        private Optional<Path> video = Optional.empty();
    }

    @Parameters(paramLabel = "QUESTION", description = "The question, in quotation marks.")
    private String question;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "512",
            description = "The most tokens of the answer: ${DEFAULT-VALUE} if not given.")
    private int maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "Above 0: how freely to choose among likely words. 0, the default: always the likeliest.")
    private double temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            defaultValue = "1",
            description =
                    "With a temperature: choose among the likeliest words that together have this probability.")
    private double topP;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "With a temperature: the same seed gives the same answer.")
    private long seed;

    @Mixin private ModelOptions options;

    @Override
    public Integer call() throws Exception {
        Answering answering =
                new Answering(
                        spec.commandLine(), options.open(spec.commandLine(), model.directory()));
        return answering.answer(
                subject.image, subject.video, question, maxTokens, temperature, topP, seed);
    }
}
