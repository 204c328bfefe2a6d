package dev.watchword.job.questions;

/** Whether a picture shows something. */
public enum Verdict {
    YES,
    NO,
    /** It hinges on a thing that is partly hidden, so nobody is asked about it. */
    UNCLEAR
}
