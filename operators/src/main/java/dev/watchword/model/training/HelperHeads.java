package dev.watchword.model.training;

import dev.watchword.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The heads that help to train a network.
 *
 * @param states tell what is to be seen from a picture's vision tokens
 * @param events tell what happens at a frame of a history, from its place in the middle of the
 *     language model
 * @param moments tell when what a question names happened, from the question's last token before the
 *     last layer of the language model
 */
public record HelperHeads(StateHeads states, StateHeads events, StateHeads moments) {
    /** Their weights by name. */
    public Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("state_heads", states.weights());
        weights.put("event_heads", events.weights());
        weights.put("moment_heads", moments.weights());
        return weights;
    }
}
