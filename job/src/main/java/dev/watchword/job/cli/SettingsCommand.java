package dev.watchword.job.cli;

import dev.watchword.job.settings.SettingsTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the page of every setting. */
@Command(
        name = "settings",
        description = "Prints every setting with its type, default and meaning.",
        footer = {"", "Example:", "  watchword settings | grep kafka"})
final class SettingsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(SettingsTable.markdown());
        spec.commandLine().getOut().flush();
    }
}
