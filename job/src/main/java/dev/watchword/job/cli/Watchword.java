package dev.watchword.job.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
            QueriesCommand.class,
            AnswerCommand.class,
            ModelCommand.class,
            AnalyzeCommand.class,
            TrainCommand.class,
            AblateCommand.class,
            BenchCommand.class,
            EvalCommand.class,
            SoakCommand.class,
            YardCommand.class,
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
    @Spec private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what happens, and with an error where it arose.")
    private boolean verbose;

    /** Runs the command that the arguments name, and ends this process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(new ErrorReport()).execute(arguments));
    }

    /** The commands, ready to execute; a command writes only to the command line's out and err. */
    static CommandLine commandLine(ErrorReport errors) {
        return new CommandLine(new Watchword())
                .setExecutionStrategy(Watchword::execute)
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(FileDescriptor.out))
                .setErr(writer(FileDescriptor.err));
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
