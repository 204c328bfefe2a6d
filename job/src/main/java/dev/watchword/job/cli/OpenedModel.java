package dev.watchword.job.cli;

import dev.watchword.engine.EngineConfig.PrecisionChoice;
import dev.watchword.model.LlavaMini;
import dev.watchword.model.ModelDirectory;
import dev.watchword.model.text.TextModel;
import dev.watchword.tensor.ComputeDevice;

/**
 * A model directory that was opened, and how its model is to be loaded.
 *
 * @param chatTemplate its name, or auto
 */
record OpenedModel(
        ModelDirectory directory,
        String chatTemplate,
        ComputeDevice device,
        PrecisionChoice precision) {

    /** Loads the network; whoever asks for it closes it. */
    LlavaMini network() {
        return LlavaMini.load(directory, device, precision.on(device));
    }

    /**
     * Loads the tokenizer and the chat template; whoever asks for them closes them.
     *
     * @throws IllegalArgumentException if there is no such template
     */
    TextModel text() {
        return TextModel.open(directory, chatTemplate);
    }
}
