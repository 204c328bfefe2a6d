package dev.watchword.model.training;

/**
 * What is trained beside the answers.
 *
 * @param states tell what is to be seen from a picture's vision tokens
 * @param palette the classes that several of these share
 * @param events tell what happens at a frame of a history, behind the first third of the language
 *     model
 * @param emphasis for each event head how often what it tells counts against nothing, its first
 *     class; 1 where it tells something of every frame
 * @param moments tells, at the last word of what a question names, when that happened, in the
 *     middle of the language model: one head
 * @param order tells there, behind the second third, whether it happened after what the question
 *     named before: one head of two classes
 * @param owners tells there in which of several streams that was which is asked about, by the last
 *     digit of its name: one head
 */
public record SideHeads(
        StateHeads states,
        Palette palette,
        StateHeads events,
        float[] emphasis,
        StateHeads moments,
        StateHeads order,
        StateHeads owners) {}
