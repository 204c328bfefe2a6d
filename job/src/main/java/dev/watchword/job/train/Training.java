package dev.watchword.job.train;

import dev.watchword.job.exam.DirectModel;
import dev.watchword.job.exam.EvidenceHeads;
import dev.watchword.job.questions.CombinedQuestions;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.TrainableNetwork;
import dev.watchword.model.safetensors.StoredType;
import dev.watchword.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Trains the bundled model in a folder; run again, it goes on where it was. */
public final class Training {
    /** How many of the last stages' batches are about several yards together. */
    private static final double COMBINED = 0.3;

    /** How many batches of answering ask nothing, so that what was learnt in seeing stays. */
    private static final double UNASKED = 0.25;

    private final TrainingPlan plan;
    private final Path folder;
    private final Path yards;
    private final Optional<ModelDirectory> from;
    private final Consumer<String> line;

    /**
     * The training of a model like the bundled one, from random weights.
     *
     * @param folder for everything: pictures, state, log, chart, and the model directory
     * @param seed of everything that is drawn
     * @param leftOut pairs that are never shown and never asked about
     * @param share of the whole training's steps
     * @param line told how far it is, from any thread
     */
    public static Training fromScratch(
            Path folder, long seed, Set<Pair> leftOut, double share, Consumer<String> line) {
        return new Training(TrainingPlan.fromScratch(seed, leftOut).shortened(share), folder, line);
    }

    /**
     * The further training of a model like the bundled one, in fewer steps.
     *
     * @param from the model; it stays as it is
     * @param folder as of {@link #fromScratch}, and so the others
     * @throws dev.watchword.model.ModelFileException if it is no model of the bundled one's shape
     */
    public static Training further(
            Path from,
            Path folder,
            long seed,
            Set<Pair> leftOut,
            double share,
            Consumer<String> line) {
        return new Training(
                TrainingPlan.further(seed, leftOut).shortened(share),
                folder,
                folder.resolve("yards"),
                Optional.of(BundledModel.openAlike(from)),
                line);
    }

    Training(TrainingPlan plan, Path folder, Consumer<String> line) {
        this(plan, folder, folder.resolve("yards"), Optional.empty(), line);
    }

    /**
     * @param yards the folder of the pictures
     * @param from the model whose weights are the first ones; random ones where empty
     */
    Training(
            TrainingPlan plan,
            Path folder,
            Path yards,
            Optional<ModelDirectory> from,
            Consumer<String> line) {
        this.plan = plan;
        this.folder = folder;
        this.yards = yards;
        this.from = from;
        this.line = line;
    }

    /**
     * Runs what is left of all stages, and exports the model.
     *
     * @return the model directory, of bfloat16 weights
     * @throws OtherPlanException if the folder holds a training by another plan
     * @throws InterruptedException where it is interrupted; run again, it goes on there
     */
    public ModelDirectory run() throws IOException, InterruptedException {
        try {
            return runStages();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException().initCause(e);
        }
    }

    private ModelDirectory runStages() throws IOException, InterruptedException {
        TrainingFolder.claim(folder, told());
        SceneBank bank = SceneBank.open(yards, plan, line);
        ModelDirectory first = first();
        TrainingState state = new TrainingState(folder);
        try (TrainableNetwork network = TrainableNetwork.load(first, ComputeDevice.CPU);
                QuestionCoder coder = new QuestionCoder(first, plan.leftOut());
                Trainer trainer =
                        new Trainer(network, state, new TrainingLog(folder, line), plan.seed())) {
            Optional<TrainingState.Progress> progress = state.progress();
            progress.ifPresent(trainer::restore);
            int stage = progress.map(TrainingState.Progress::stage).orElse(0);
            int step = progress.map(TrainingState.Progress::step).orElse(0);
            for (; stage < plan.stages().size(); stage++, step = 0) {
                Stage current = plan.stages().get(stage);
                trainer.run(stage, current, step, batches(current, bank, coder, network));
            }
            drawChart();
            return export(network);
        }
    }

    private String told() {
        return plan.told() + from.map(model -> ", from " + model.modelId()).orElse("");
    }

    private ModelDirectory first() throws IOException {
        if (from.isPresent()) {
            return from.get();
        }
        Path start = folder.resolve("start");
        return Files.exists(start)
                ? ModelDirectory.open(start)
                : BundledModel.write(start, plan.seed(), StoredType.F32, plan.shape());
    }

    /** Exports the model; one that remembers says on which frames its answers rest. */
    private ModelDirectory export(TrainableNetwork network)
            throws IOException, InterruptedException {
        Path directory = folder.resolve("model");
        ModelDirectory model =
                BundledModel.export(directory, plan.shape(), List.of(), network.weights());
        if (plan.evidenceQuestions() == 0) {
            return model;
        }
        EvidenceHeads evidence;
        try (DirectModel direct = DirectModel.of(model)) {
            evidence = EvidenceHeads.choose(direct, plan.seed(), plan.evidenceQuestions());
        }
        line.accept(evidence.told());
        return BundledModel.export(directory, plan.shape(), evidence.heads(), network.weights());
    }

    private void drawChart() throws IOException {
        Path table = folder.resolve(TrainingLog.TABLE);
        if (Files.exists(table)) {
            TrainingChart.draw(table, folder.resolve("training.png"));
        }
    }

    private Batches batches(
            Stage stage, SceneBank bank, QuestionCoder coder, TrainableNetwork network)
            throws IOException, InterruptedException {
        Set<Pair> askable = new HashSet<>(Population.allPairs());
        askable.removeAll(plan.leftOut());
        QuestionWriter writer = QuestionWriter.ofMostlyBefore(askable);
        int pictures = Math.max(1, plan.pictures() / Trainer.BATCHES);
        Batches greys = new PictureBatches(bank, pictures, Greys::told);
        return switch (stage.lesson()) {
            case SEEING -> new PictureBatches(bank, pictures, Greys::untold);
            case GREYS -> greys;
            case ANSWERING ->
                    new MixedBatches(
                            new ShortHistoryBatches(
                                    bank,
                                    new QuestionMix(writer, coder, QuestionMix.SHORT),
                                    pictures / 2,
                                    plan.asked() / 2),
                            greys,
                            UNASKED);
            case NOTICING ->
                    histories(
                            bank.half(),
                            network,
                            askable,
                            new QuestionMix(writer, coder, QuestionMix.SEQUENCES),
                            Math.max(1, plan.asked() * 3 / 8),
                            LongHistoryBatches.EVENTS);
            case REMEMBERING ->
                    histories(
                            bank.half(),
                            network,
                            askable,
                            new QuestionMix(writer, coder, QuestionMix.LONG),
                            plan.asked(),
                            LongHistoryBatches.ANSWERS);
        };
    }

    /** Histories of one yard each, and of several together. */
    private Batches histories(
            SceneBank bank,
            TrainableNetwork network,
            Set<Pair> askable,
            QuestionMix mix,
            int asked,
            List<LongHistoryBatches.Size> sizes)
            throws IOException, InterruptedException {
        TokenBank tokens = tokens(bank, network);
        return new MixedBatches(
                new LongHistoryBatches(bank, tokens, mix, asked, sizes),
                new CombinedBatches(bank, tokens, new CombinedQuestions(askable), mix.coder()),
                COMBINED);
    }

    /** The tokens by the weights that no longer change, as the exported model gives them. */
    private TokenBank tokens(SceneBank bank, TrainableNetwork network)
            throws IOException, InterruptedException {
        Path seeing = folder.resolve("seeing");
        ModelDirectory model =
                Files.exists(seeing)
                        ? ModelDirectory.open(seeing)
                        : BundledModel.export(seeing, plan.shape(), List.of(), network.weights());
        return TokenBank.open(
                folder.resolve("tokens"),
                model,
                bank,
                done -> {
                    if (done % SceneBank.GROUP == 0) {
                        line.accept("encoding: %d of %d yards".formatted(done, bank.size()));
                    }
                });
    }
}
