package dev.watchword.job.cli;

/** What a command tells the shell. */
final class ExitCode {
    static final int OK = 0;

    /** The command could not do what it was asked to. */
    static final int FAILED = 1;

    /** The command was called wrongly: its flags or its settings. */
    static final int USAGE = 2;

    private ExitCode() {}
}
