package dev.watchword.job.yard;

/**
 * Where a thing can be. Each spot holds at most one thing at a time, but for the dogs, who are where
 * their owner is.
 */
public enum Spot {
    /** The parking bays, from the left: cars and vans. */
    BAY_1,
    BAY_2,
    BAY_3,
    /** The lane through which vehicles come and leave; seconds only. */
    LANE,
    /** Where bicycles are left, from the left. */
    RACK_1,
    RACK_2,
    /** The path along the house, and the one in front, near the camera: people, and their dogs. */
    FAR_PATH,
    NEAR_PATH,
    /** In front of the door: parcels, from the left. */
    DOORSTEP_1,
    DOORSTEP_2
}
