package dev.watchword.job.cli;

import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Settings;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Runs the job in this process, on a Flink of its own, until Ctrl-C. */
final class Running {
    private static final long STOP_SECONDS = 60;

    private final PrintWriter notes;

    Running(PrintWriter notes) {
        this.notes = notes;
    }

    int run(Settings settings, boolean resume) throws InterruptedException {
        ModelChoice model = ModelChoice.of(settings.model());
        CountDownLatch stopped = new CountDownLatch(1);
        try (WatchwordService service =
                WatchwordService.start(settings, model.directory(), resume, this::note)) {
            Thread waiting = Thread.currentThread();
            Thread hook = new Thread(() -> interruptAndAwait(waiting, stopped), "watchword-stop");
            Runtime.getRuntime().addShutdownHook(hook);
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
        } finally {
            stopped.countDown();
        }
    }

    private static void interruptAndAwait(Thread waiting, CountDownLatch stopped) {
        waiting.interrupt();
        try {
            stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
