package dev.watchword.model;

import dev.watchword.tensor.Tensor;
import java.util.Optional;

/**
 * A history that is one of several before a question.
 *
 * @param name stands as text in front of its frames; empty: nothing does
 * @param tokens its frames' vision tokens, oldest first [F, Q, D], in the network's precision; at
 *     least one frame
 * @param keyframes with which the question is fused, as with each of the other histories
 * @param anchor with which the text in front of its frames is fused; empty: that is fused as the
 *     question is. Either all of several histories have one, or none
 */
public record Segment(
        String name, Tensor tokens, KeyframeFusion keyframes, Optional<KeyframeFusion> anchor) {}
