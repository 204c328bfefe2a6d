package dev.watchword.job.cli;

import dev.watchword.job.service.BundledWeights;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "The model directory; the bundled model if not given.")
    private Optional<Path> model = Optional.empty();

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

    @Option(
            names = "--precision",
            paramLabel = "float32|bfloat16|auto",
            defaultValue = "auto",
            description = "In which numbers to compute: ${DEFAULT-VALUE} if not given.")
    private String precision;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "Where to compute: auto, cpu, cuda or cuda:N.")
    private String device;

    @Option(
            names = "--vision-tower",
            paramLabel = "DIR",
            description = "The vision tower's own directory, where it is not found by its name.")
    private Optional<Path> visionTower = Optional.empty();

    @Option(
            names = "--chat-template",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, llama-3.1, llama-3, vicuna or plain.")
    private String chatTemplate;

    @Override
    public Integer call() throws Exception {
        Answering answering =
                new Answering(
                        spec.commandLine(),
                        model.orElseGet(() -> BundledWeights.ofThisProgram().directory()),
                        visionTower,
                        chatTemplate,
                        device,
                        precision);
        return answering.answer(
                subject.image, subject.video, question, maxTokens, temperature, topP, seed);
    }
}
