package dev.watchword.operators;

import dev.watchword.engine.EngineHungException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.execution.Environment;

/**
 * What becomes of a task whose engine fails at something that no record is to blame for: it fails,
 * and goes on from the last checkpoint. Where the engine hangs, its task manager ends as well, since
 * there can be no other engine in the same process.
 */
final class EngineFault {
    /** So long the job manager has to hear why the task failed, before its task manager ends. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private EngineFault() {}

    /** Whether all work of an engine ends with this, so that whoever was promised some must fail. */
    static boolean endsAll(Throwable failure) {
        return cause(failure) instanceof CancellationException
                || cause(failure) instanceof EngineHungException;
    }

    /** What the task is to fail with. */
    static EngineFailedException of(String what, Throwable failure, Environment environment) {
        if (cause(failure) instanceof EngineHungException hung) {
            Executor later =
                    CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            later.execute(
                    () ->
                            environment
                                    .getTaskManagerActions()
                                    .notifyFatalError(hung.getMessage(), hung));
        }
        return new EngineFailedException(what, cause(failure));
    }

    /** What who asked is told of a question that failed. */
    static String reason(Throwable failure) {
        return "The engine failed: " + cause(failure).getMessage();
    }

    /** The failure without what futures wrap it in. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
