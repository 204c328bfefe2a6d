package dev.watchword.model.training;

/**
 * How a batch went.
 *
 * @param loss what is made smaller
 * @param answerLoss the mean over the answers' tokens, in nats; 0 without questions
 * @param stateLoss the mean over the state heads, in nats
 * @param right for each question of each history 1 if every token of its answer was the likeliest
 * @param statesRight for each state head the share of pictures that it told rightly
 * @param eventLoss the mean over the event heads, in nats; 0 without a history
 * @param eventsRight the share of what happens at frames that the event heads tell
 * @param momentLoss of the heads that tell when what questions name happened, what was later and in
 *     which stream, in nats, together; 0 where nothing is
 * @param momentsRight the share of what questions name whose moment is told, to one class
 * @param orderRight the share of pairs of which is told what was later
 * @param ownersRight the share of tokens that must tell in which of several streams something was
 *     and do
 */
public record BatchResult(
        float loss,
        float answerLoss,
        float stateLoss,
        float[] right,
        float[] statesRight,
        float eventLoss,
        float eventsRight,
        float momentLoss,
        float momentsRight,
        float orderRight,
        float ownersRight) {}
