package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                     | name a command
                    sing                                   | Unmatched argument at index 0: 'sing'
                    ask ?                                  | name the stream with --stream, or several with --streams
                    ask --stream=wood                      | Missing required parameter: 'QUESTION'
                    ask --stream=w%d ?                     | the stream's name
                    ask --stream=wood --timeout=soon ?     | Invalid value for option '--timeout': 'soon' must be a number of seconds, or a number with a unit
                    ask --stream=wood --timeout=0 ?        | --timeout must be longer than 0
                    ask --stream=wood --last=1 --to=2026-03-01T14:30 ? | --last and --from or --to exclude each other
                    ask --stream=wood --from=2026-03-01T14:30 --to=2026-03-01T14:30 ? | --from must be before --to
                    ask --stream=wood --last=soon ?        | Invalid value for option '--last': 'soon' must be a number of frames, or a number with a unit
                    ask --stream=wood --standing ?         | --standing needs either --every or --every-frames
                    ask --stream=wood --standing --every=1s --every-frames=1 ? | --standing needs either
                    ask --stream=wood --standing --every=0 ? | --every must be at least 1 ms
                    ask --stream=wood --standing --every-frames=0 ? | --every-frames must be at least 1
                    ask --stream=wood --standing --every=1s --on=noon ? | Invalid value for option '--on'
                    ask --stream=wood --cooldown=1s ?      | --every, --every-frames, --on and --cooldown need --standing
                    ask --stream=wood --standing --every=1s --to=2026-03-01T14:30 ? | --standing asks about frames to come
                    queries                                | name what to do: list or cancel
                    queries list                           | Missing required option: '--stream=S'
                    queries list --stream=w%d              | the stream's name
                    queries cancel --stream=wood           | Missing required parameter: 'ID'
                    queries cancel q                       | name the stream with --stream, or several with --streams
                    queries cancel q --stream=w%d          | the stream's name
                    queries cancel q --streams=wood,w%d    | the stream's name
                    queries cancel q --stream=wood --timeout=0 | --timeout must be longer than 0
                    ask --stream=wood --from=yesterday ?   | Invalid value for option '--from': 'yesterday' must be a date and time
                    ask --stream=wood --bootstrap=broker ? | kafka.bootstrap is 'broker' (flag --bootstrap); it must
                    ask --stream=wood --set=a ?            | --set needs KEY=VALUE
                    ask --stream=wood --config=none.yaml ? | there is no settings file none.yaml
                    answers --set kafka.bootstrp=a:1       | there is no setting kafka.bootstrp (flag --set); did you mean kafka.bootstrap?
                    answers --stream=w%d                   | the stream's name
                    """)
    void aWrongCallIsToldInALineOrTwoAndEndsWithTwo(String arguments, String message) {
        CommandRun run =
                CommandRun.of(
                        Arrays.stream(arguments.split(" "))
                                .filter(argument -> !argument.isEmpty())
                                .toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("watchword: " + message);
        assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void withVerboseAnErrorTellsWhereItArose() {
        assertThat(CommandRun.of("answers", "--verbose", "--set=a.b=1").err())
                .contains("SettingsException", "\tat dev.watchword");
    }

    @Test
    void everyCommandHasADescriptionAndAnExample() {
        assertThat(leaves(Watchword.commandLine(new ErrorReport())))
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        command -> {
                            assertThat(command.usageMessage().description()).isNotEmpty();
                            assertThat(String.join("\n", command.usageMessage().footer()))
                                    .contains(command.qualifiedName());
                        });
    }

    private static List<CommandSpec> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? List.of(command.getCommandSpec())
                : command.getSubcommands().values().stream()
                        .flatMap(subcommand -> leaves(subcommand).stream())
                        .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "ask --help", "answers -h", "--version"})
    void helpGoesToStandardOutputAndEndsWithZero(String arguments) {
        CommandRun run = CommandRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("watchword");
        assertThat(run.err()).isEmpty();
    }
}
