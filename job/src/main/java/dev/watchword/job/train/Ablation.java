package dev.watchword.job.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.job.bench.NetworkFlops;
import dev.watchword.job.questions.Family;
import dev.watchword.job.train.Stage.Lesson;
import dev.watchword.model.ModelConfig;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.training.SideWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The paper's claim in small: networks that differ in one thing, each trained from scratch on the
 * same pictures and questions for as many steps, and asked about single frames of yards that none of
 * them has seen. Run again in the same folder, it goes on where it was.
 */
public final class Ablation {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int TEXT_TOKENS = 12;
    private static final int GROUPS = 60;
    private static final int TEST_GROUPS = 4;
    private static final int TEST_BATCHES = 60;
    private static final Set<String> PARTS =
            Set.of("vision tower", "compressor", "projector", "pre-fusion", "decoder");

    private final long seed;
    private final int steps;
    private final Path folder;
    private final Consumer<String> line;

    /**
     * A network and how it did.
     *
     * @param variant its name
     * @param visionTokens of each frame
     * @param nowAttribute share of right answers to questions about the frame
     * @param nowCount share of right answers to questions how many there are
     * @param questions how many of both
     * @param frameGigaflops once for each frame: encoding it
     * @param questionMegaflops for each question about one frame: fusing it and reading the prompt
     */
    public record Row(
            String variant,
            int visionTokens,
            double nowAttribute,
            double nowCount,
            int questions,
            double frameGigaflops,
            double questionMegaflops) {}

    /**
     * Prepares the comparison.
     *
     * @param steps of each of the two stages that every network is trained through
     * @param line told how far it is
     */
    public Ablation(long seed, int steps, Path folder, Consumer<String> line) {
        this.seed = seed;
        this.steps = steps;
        this.folder = folder;
        this.line = line;
    }

    /**
     * Trains and measures what is not done yet; gives a row for each network.
     *
     * @throws OtherPlanException if the folder holds a comparison of another seed or other steps
     */
    public List<Row> run() throws IOException, InterruptedException {
        TrainingFolder.claim(folder, "seed %d, %d steps of each stage".formatted(seed, steps));
        List<Row> rows = new ArrayList<>();
        for (AblationVariant variant : AblationVariant.ALL) {
            Path kept = folder.resolve(variant.key() + ".json");
            if (!Files.exists(kept)) {
                Row row = row(variant);
                MAPPER.writeValue(kept.toFile(), row);
            }
            rows.add(MAPPER.readValue(kept.toFile(), Row.class));
        }
        return rows;
    }

    private Row row(AblationVariant variant) throws IOException, InterruptedException {
        TrainingPlan plan =
                new TrainingPlan(
                        seed,
                        GROUPS,
                        64,
                        16,
                        TrainingPlan.LEFT_OUT,
                        variant.shape(),
                        List.of(
                                new Stage(
                                        Lesson.SEEING,
                                        seeing(),
                                        steps,
                                        1.5e-3,
                                        new SideWeights(1, 0, 0, 0)),
                                new Stage(
                                        Lesson.ANSWERING,
                                        PARTS,
                                        steps,
                                        1e-3,
                                        new SideWeights(0.3, 0, 0, 0))));
        Training training =
                new Training(
                        plan,
                        folder.resolve(variant.key()),
                        folder.resolve("yards"),
                        Optional.empty(),
                        text -> line.accept(variant.name() + ": " + text));
        ModelDirectory model = training.run();
        SceneBank unseen =
                SceneBank.open(
                        folder.resolve("yards"),
                        new TrainingPlan(
                                seed + 1,
                                TEST_GROUPS,
                                64,
                                16,
                                TrainingPlan.LEFT_OUT,
                                variant.shape(),
                                List.of()),
                        line);
        ModelConfig config = model.config();
        NetworkFlops flops = NetworkFlops.of(config);
        Map<Family, Measurement> measured =
                Measurement.of(
                        model,
                        unseen,
                        List.of(Family.NOW_ATTRIBUTE, Family.NOW_COUNT),
                        TEST_BATCHES,
                        seed);
        Measurement attribute = measured.get(Family.NOW_ATTRIBUTE);
        Measurement count = measured.get(Family.NOW_COUNT);
        return new Row(
                variant.name(),
                config.visionTokens(),
                attribute.share(),
                count.share(),
                attribute.questions() + count.questions(),
                flops.encode() / 1e9,
                (flops.preFusionText(TEXT_TOKENS)
                                + flops.prefill(config.visionTokens() + TEXT_TOKENS))
                        / 1e6);
    }

    private static Set<String> seeing() {
        return Set.of("vision tower", "compressor", "projector", "pre-fusion");
    }
}
