package dev.watchword.job.bench;

/** Tells the clock that a part of what is measured has ended and the next begins. */
@FunctionalInterface
public interface Lap {
    void ends();
}
