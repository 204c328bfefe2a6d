package dev.watchword.memory;

/** What becomes of a history that was made by another model than the one that runs. */
public enum OtherModel {
    /** It begins anew with the next frame: decision 0008. */
    RESTART,
    /** The job does not start. */
    REFUSE
}
