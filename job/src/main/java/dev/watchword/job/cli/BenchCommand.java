package dev.watchword.job.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the network and the state on this machine. */
@Command(
        name = "bench",
        description = {
            "Measures how fast the network is here and what state costs, beside what the machine can reach; counts what networks take.",
            "docs/benchmarks.md tells what is measured and how."
        },
        footer = {
            "",
            "Examples:",
            "  watchword bench encode",
            "  watchword bench answer --size 1b --precision bfloat16 --frames 1,1000",
            "  watchword bench flops",
            "  watchword bench state --streams 10 --frames 10000"
        },
        subcommands = {
            BenchEncodeCommand.class,
            BenchAnswerCommand.class,
            BenchHistoryCommand.class,
            BenchGenerateCommand.class,
            BenchServeCommand.class,
            BenchOverloadCommand.class,
            BenchKeyframesCommand.class,
            BenchFullSizeCommand.class,
            BenchFlopsCommand.class,
            BenchStateCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "name a benchmark: encode, answer, history, generate, serve, overload, keyframes, full-size, flops or state");
    }
}
