package dev.watchword.job.cli;

import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.ExecutionException;

/** Runs the job in this process, on a Flink of its own, until Ctrl-C. */
final class Running {
    private final PrintWriter notes;

    Running(PrintWriter notes) {
        this.notes = notes;
    }

    int run(Settings settings, boolean resume) {
        ModelChoice model = ModelChoice.of(settings.model());
        CtrlC ctrlC = CtrlC.interruptsThisThread();
        try {
            return run(settings, model, resume);
        } finally {
            ctrlC.release();
        }
    }

    private int run(Settings settings, ModelChoice model, boolean resume) {
        try (WatchwordService service =
                WatchwordService.start(settings, model.directory(), resume, this::note)) {
            note(model.remark());
            note(
                    "Watchword is running: %s answers questions at %s. Stop it with Ctrl-C."
                            .formatted(service.model().id(), service.bootstrap()));
            service.awaitEnd();
            return ExitCode.OK;
        } catch (InterruptedException e) {
            note("Stopped.");
            return ExitCode.OK;
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "the job failed and was given up: " + rootMessage(e), e);
        }
    }

    static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    private void note(String text) {
        if (!text.isEmpty()) {
            notes.println(text);
        }
    }
}
