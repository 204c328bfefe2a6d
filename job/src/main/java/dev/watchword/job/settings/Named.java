package dev.watchword.job.settings;

/** A choice whose text in the settings is not its constant's name in lower case. */
public interface Named {
    /** The text that chooses it. */
    String text();
}
