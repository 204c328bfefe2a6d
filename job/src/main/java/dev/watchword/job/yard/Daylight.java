package dev.watchword.job.yard;

/** How light it is. */
public enum Daylight {
    DAY,
    DUSK,
    NIGHT
}
