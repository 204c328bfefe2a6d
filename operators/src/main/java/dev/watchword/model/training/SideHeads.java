package dev.watchword.model.training;

/**
 * What is trained beside the answers.
 *
 * @param states tell what is to be seen from a picture's vision tokens
 * @param events tell what happens at a frame of a history, from its place in the middle of the
 *     language model
 * @param emphasis for each event head how often what it tells counts against nothing, its first
 *     class; 1 where it tells something of every frame
 * @param moments tells, at the last word of what a question names, when that happened, before the
 *     language model's last layer: one head
 */
public record SideHeads(
        StateHeads states, StateHeads events, float[] emphasis, StateHeads moments) {}
