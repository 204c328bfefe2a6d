package dev.watchword.job.cli;

import dev.watchword.job.service.ClusterJob;
import dev.watchword.job.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the job until it is interrupted, or submits it where Flink's client runs the program. */
@Command(
        name = "run",
        description = {
            "Runs the job: reads frames and questions from Kafka, and writes answers.",
            "Without --bootstrap it starts a broker of its own on 127.0.0.1:9092. Ends with Ctrl-C.",
            "Run by Flink's client, it submits the job to the cluster; then it needs --bootstrap."
        },
        footer = {
            "",
            "Examples:",
            "  watchword run",
            "  watchword run --bootstrap kafka:9092 --model /models/llava-mini-llama-3.1-8b",
            "  flink run -d watchword-job.jar run --bootstrap kafka:9092 --model /models/llava-mini-llama-3.1-8b"
        })
final class RunCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @ArgGroup(validate = false, heading = SettingsOptions.HEADING)
    private SettingsOptions settings = new SettingsOptions();

    @Mixin private ModelFlag model;

    @Option(
            names = "--resume",
            description =
                    "Go on from the newest checkpoint in job.checkpoint-directory, if there is one.")
    private boolean resume;

    @Override
    public Integer call() throws Exception {
        Settings chosen = settings.read(model.asSetting());
        PrintWriter notes = spec.commandLine().getErr();
        if (!ClusterJob.isWanted()) {
            return new Running(notes).run(chosen, resume);
        }
        if (resume) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--resume is not for a cluster: go on from a checkpoint or savepoint with"
                            + " 'flink run -s PATH'");
        }
        return new Submitting(notes).run(chosen);
    }
}
