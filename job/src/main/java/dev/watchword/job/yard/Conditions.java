package dev.watchword.job.yard;

/** The state of the yard itself at one second. */
public record Conditions(
        boolean gateOpen, boolean doorOpen, boolean lampOn, Daylight daylight, boolean raining) {}
