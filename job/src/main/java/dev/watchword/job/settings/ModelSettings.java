package dev.watchword.job.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which network answers, and on what it runs. */
public record ModelSettings(
        @Meaning(
                        "The model directory: config.json, the weights as safetensors, tokenizer.json. Empty: the model that comes with this program.")
                @Default("")
                Optional<Path> directory,
        @Meaning("The vision tower's own directory, where its weights are not among the model's.")
                @Default("")
                Optional<Path> visionTower,
        @Meaning(
                        "In which numbers the network computes. auto: bfloat16 where the device is fast with it, else float32.")
                @Default("auto")
                PrecisionChoice precision,
        @Meaning(
                        "On what the network runs: auto (the GPU that Flink grants, else the first, else the processor), cpu, cuda, or one of several GPUs as cuda:1.")
                @Default("auto")
                String device,
        @Meaning(
                        "How a question is laid out for the language model. auto: as the model directory says.")
                @Default("auto")
                ChatTemplateChoice chatTemplate,
        @Meaning("How many processor threads the network's arithmetic uses; 0: one a core.")
                @Default("0")
                int threads) {
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda(:\\d{1,3})?");

    public ModelSettings {
        Check.matches("device", device, DEVICE, "be auto, cpu, cuda, or cuda:NUMBER");
        Check.between("threads", threads, 0, 4096);
    }
}
