package dev.watchword.job.cli;

import dev.watchword.job.service.ClusterJob;
import dev.watchword.job.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;

/** Submits the job to the cluster whose client runs this program. */
final class Submitting {
    private final PrintWriter notes;

    Submitting(PrintWriter notes) {
        this.notes = notes;
    }

    int run(Settings settings) throws InterruptedException {
        try {
            ClusterJob.submit(settings, notes::println);
            return ExitCode.OK;
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "the cluster did not take the job, or the job ended early: "
                            + Running.rootMessage(e),
                    e);
        }
    }
}
