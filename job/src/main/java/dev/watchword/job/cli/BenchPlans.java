package dev.watchword.job.cli;

import dev.watchword.job.bench.AnswerPlan;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.model.ModelConfig;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What benchmarks of answers have in common. */
final class BenchPlans {
    private BenchPlans() {}

    /** Refuses histories that do not go into the model with so many other tokens. */
    static void requireRoom(
            CommandSpec spec, ModelConfig config, List<Integer> frames, int others) {
        long vision = (long) Collections.max(frames) * config.visionTokens();
        long needed = others + vision;
        int most = config.language().maxPositions();
        if (needed > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    "an answer with %d frames takes %d tokens, and the model holds %d; give less to --frames"
                            .formatted(Collections.max(frames), needed, most));
        }
    }

    /**
     * How answers are measured.
     *
     * @param keyframes as many as the job keeps by its default settings if empty
     */
    static AnswerPlan plan(int text, int tokens, Optional<Integer> keyframes) {
        Settings usual = SettingsReader.read(Optional.empty(), List.of(), Environment.ofProcess());
        int kept = usual.memory().keyframesRecent() + usual.memory().keyframesSample();
        return new AnswerPlan(
                text,
                tokens,
                keyframes.orElse(kept),
                EngineConfigs.of(usual, Path.of("")).prefillSlice());
    }
}
