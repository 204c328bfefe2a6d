package dev.watchword.model.training;

/** How much the losses of {@link SideHeads} count beside the answers'; 0 is not at all. */
public record SideWeights(double states, double events, double moments) {}
