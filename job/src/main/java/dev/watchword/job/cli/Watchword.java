package dev.watchword.job.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command line. A further command is a class of its own, named in {@code subcommands}.
 *
 * <p>Every command's class is loaded and its signatures are read even for {@code --help}: so a
 * command mentions libraries only inside its methods, and hands its work to other classes.
 */
@Command(
        name = "watchword",
        description = "Answers questions about live camera streams.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PublishCommand.class,
            AskCommand.class,
            AnswersCommand.class,
            AnswerCommand.class,
            ModelCommand.class,
            SettingsCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:It did what it was asked to.",
            "1:It could not.",
            "2:It was called wrongly: a flag or a setting."
        })
public final class Watchword implements Runnable {
    /** {@code startedByJava} and {@code main}, with nothing below. */
    private static final int DEPTH_UNDER_JAVA = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what happens, and with an error where it arose.")
    private boolean verbose;

    /**
     * Runs the command that the arguments name, and ends this process with its exit status. Where
     * another program called it, such as Flink's client, the process is not this program's to end:
     * there it returns.
     *
     * @throws CommandFailedException to such a caller, if the command's exit status is not 0
     */
    public static void main(String[] arguments) {
        ErrorReport errors = new ErrorReport();
        int status =
                commandLine(errors)
                        .setOut(writer(FileDescriptor.out))
                        .setErr(writer(FileDescriptor.err))
                        .execute(arguments);
        if (startedByJava()) {
            System.exit(status);
        }
        if (status != ExitCode.OK) {
            throw errors.asException();
        }
    }

    /** Whether nothing called {@code main} but Java itself, so that this is the whole process. */
    private static boolean startedByJava() {
        return StackWalker.getInstance().walk(Stream::count) == DEPTH_UNDER_JAVA;
    }

    /** The commands, ready to execute; a command writes only to the command line's out and err. */
    static CommandLine commandLine() {
        return commandLine(new ErrorReport());
    }

    private static CommandLine commandLine(ErrorReport errors) {
        return new CommandLine(new Watchword())
                .setExecutionStrategy(Watchword::execute)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    static Watchword of(CommandLine command) {
        return (Watchword) command.getCommandSpec().root().userObject();
    }

    boolean verbose() {
        return verbose;
    }

    /** Without a command there is nothing to run. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    private static int execute(ParseResult arguments) {
        if (of(arguments.commandSpec().commandLine()).verbose()) {
            Logging.verbose();
        } else {
            Logging.quiet();
        }
        return new RunLast().execute(arguments);
    }

    /** UTF-8 wherever the program runs: answers are in any language. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
