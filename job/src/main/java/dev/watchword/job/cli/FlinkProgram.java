package dev.watchword.job.cli;

/**
 * The command line where Flink's client or a cluster calls it to learn what the job is. The process
 * is not this program's to end.
 */
public final class FlinkProgram {
    private FlinkProgram() {}

    /**
     * Runs the command that the arguments name, and returns.
     *
     * @throws CommandFailedException if the command's exit status is not 0
     */
    public static void main(String[] arguments) {
        ErrorReport errors = new ErrorReport();
        if (Watchword.commandLine(errors).execute(arguments) != ExitCode.OK) {
            throw errors.asException();
        }
    }
}
