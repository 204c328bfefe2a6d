package dev.watchword.job.settings;

/** What becomes of a history that was made by another model than the one that runs. */
public enum OtherModelChoice {
    /** It begins anew with the next frame. */
    RESTART,
    /** The job does not start. */
    REFUSE
}
