package dev.watchword.job.service;

import dev.watchword.job.settings.ModelSettings;

import java.nio.file.Path;

/**
 * The model that answers.
 *
 * @param directory its model directory
 * @param remark what a person must know about it; empty if nothing
 */
public record ModelChoice(Path directory, String remark) {
    /**
     * The model that the settings name, or the one that comes with this program: as yet one with
     * random weights, which shows that everything works and answers nonsense.
     */
    public static ModelChoice of(ModelSettings settings) {
        return settings.directory()
                .map(directory -> new ModelChoice(directory, ""))
                .orElseGet(
                        () ->
                                new ModelChoice(
                                        UntrainedModels.demo(),
                                        "The model has random weights: its answers are nonsense."
                                                + " Give a trained one with --model."));
    }
}
