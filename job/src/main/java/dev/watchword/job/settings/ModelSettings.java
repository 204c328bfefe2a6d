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
                        "In which numbers the network computes. auto: bfloat16 on a GPU, float32 on a processor, whatever it is fast with: what streams remember is kept in these numbers, and must be readable after a restart on another machine.")
                @Default("auto")
                PrecisionChoice precision,
        @Meaning(
                        "Whether the weights of linear layers are laid out anew for a processor's library of products: up to twice as fast, but a copy of them in each process, where they are else shared and only mapped. auto: where it is not slower, and the copy takes at most half of the memory.")
                @Default("auto")
                PackingChoice packWeights,
        @Meaning(
                        "On what the network runs: auto (the GPU that Flink grants, else the first, else the processor), cpu, cuda, or one of several GPUs as cuda:1.")
                @Default("auto")
                String device,
        @Meaning(
                        "How a question is laid out for the language model. auto: as the model directory says.")
                @Default("auto")
                ChatTemplateChoice chatTemplate,
        @Meaning(
                        "How many processor threads the network's arithmetic uses; 0: one a core, but one core is left to Kafka and Flink.")
                @Default("0")
                int threads) {
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|cuda(:\\d{1,3})?");

    public ModelSettings {
        Check.matches("device", device, DEVICE, "be auto, cpu, cuda, or cuda:NUMBER");
        Check.between("threads", threads, 0, 4096);
    }
}
