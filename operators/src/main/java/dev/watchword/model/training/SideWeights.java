package dev.watchword.model.training;

/**
 * How much the losses of {@link SideHeads} count beside the answers'; 0 is not at all.
 *
 * @param states what is to be seen from a picture's vision tokens
 * @param shades among these, each {@link HeadKind#SHADE} beside each of the others
 * @param events what happens at a frame of a history
 * @param moments when it happened, what came later, and in which stream it was
 */
public record SideWeights(double states, double shades, double events, double moments) {}
