package dev.watchword.job.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How an answer is written, and before which others. */
final class AnswerOptions {
    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "The most tokens of the answer; the job's setting if not given.")
    private Optional<Integer> maxTokens = Optional.empty();

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "0",
            description =
                    "Above 0: how freely to choose among likely words. 0, the default: always the likeliest.")
    private double temperature;

    @Option(
            names = "--priority",
            paramLabel = "low|normal|high",
            defaultValue = "normal",
            description =
                    "high: before the questions of others, also before those that are being answered. low: after them. With --standing: so at every evaluation.")
    private Priority priority;

    private enum Priority {
        LOW,
        NORMAL,
        HIGH
    }

    Optional<Integer> maxTokens() {
        return maxTokens;
    }

    double temperature() {
        return temperature;
    }

    /** The name of one of the contract's priorities. */
    String priority() {
        return priority.name();
    }
}
