package dev.watchword.job.yard;

/**
 * A thing in one picture.
 *
 * @param visit the thing
 * @param spot where it is at this second: a vehicle on its way is in {@link Spot#LANE}
 * @param visible how much of it is in the picture and not hidden behind something, 0 to 1
 */
public record Sighting(Visit visit, Spot spot, double visible) {}
