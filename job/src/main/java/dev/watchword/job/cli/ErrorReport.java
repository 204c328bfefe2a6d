package dev.watchword.job.cli;

import dev.watchword.job.camera.CameraException;
import dev.watchword.job.camera.CamerasFileException;
import dev.watchword.job.kafka.BrokerException;
import dev.watchword.job.settings.SettingsException;
import dev.watchword.job.train.OtherPlanException;
import dev.watchword.model.ModelFileException;
import java.io.PrintWriter;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Tells a person in a line or two what went wrong, gives the exit code for it, and keeps it. For
 * one thread.
 */
final class ErrorReport implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private CommandFailedException last =
            new CommandFailedException("the command did not do what it was asked to");

    /** What went wrong last, for a caller that is no person. */
    CommandFailedException asException() {
        return last;
    }

    /** A command that failed while it ran. With {@code --verbose} the stack trace follows. */
    @Override
    public int handleExecutionException(
            Exception error, CommandLine command, ParseResult arguments) {
        PrintWriter out = command.getErr();
        last = new CommandFailedException(message(error), error);
        out.println("watchword: " + last.getMessage());
        if (Watchword.of(command).verbose()) {
            error.printStackTrace(out);
        }
        out.flush();
        return error instanceof SettingsException ? ExitCode.USAGE : ExitCode.FAILED;
    }

    /** A command line that cannot be understood. */
    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        last = new CommandFailedException(error.getMessage(), error);
        CommandLine command = error.getCommandLine();
        PrintWriter out = command.getErr();
        out.println("watchword: " + error.getMessage());
        out.println(
                "'%s --help' tells how it is called."
                        .formatted(command.getCommandSpec().qualifiedName()));
        out.flush();
        return ExitCode.USAGE;
    }

    private static String message(Exception error) {
        if (error instanceof KafkaException) {
            return "the broker refused: " + error.getMessage();
        }
        return isForPeople(error)
                ? error.getMessage()
                : "failed unexpectedly: %s. With --verbose it tells where.".formatted(error);
    }

    private static boolean isForPeople(Exception error) {
        return error instanceof CommandFailedException
                || error instanceof SettingsException
                || error instanceof BrokerException
                || error instanceof CameraException
                || error instanceof CamerasFileException
                || error instanceof ModelFileException
                || error instanceof OtherPlanException;
    }
}
