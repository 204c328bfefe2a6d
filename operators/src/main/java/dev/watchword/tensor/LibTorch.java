package dev.watchword.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What is set once for the process, and once for each thread that computes. */
public final class LibTorch {
    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

    private static final LongAdder NANOS_INSIDE = new LongAdder();

    private LibTorch() {}

    static Engine engine() {
        return Engine.getEngine("PyTorch");
    }

    /** libtorch's version, as {@code 2.7.1}. */
    public static String version() {
        return engine().getVersion();
    }

    /** How many threads one operator may use. */
    public static int threads() {
        engine();
        return JniUtils.getNumThreads();
    }

    /**
     * Sets how many threads one operator may use, for the whole process.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("An operator needs at least one thread.");
        }
        engine();
        JniUtils.setNumThreads(threads);
    }

    /**
     * How long the threads of this process have been inside libtorch until now, added up: in calls of
     * scripts, and waiting for numbers to be read from a device.
     */
    public static Duration timeInside() {
        return Duration.ofNanos(NANOS_INSIDE.sum());
    }

    /** Makes a call whose time counts as {@link #timeInside}. */
    static <T> T inside(Supplier<T> call) {
        long begun = System.nanoTime();
        try {
            return call.get();
        } finally {
            NANOS_INSIDE.add(System.nanoTime() - begun);
        }
    }

    /**
     * Turns off, for this thread, gradients and the profiling executor, which would run the first
     * calls of every new shape slowly.
     */
    static void prepareThread() {
        if (!PREPARED.get()) {
            engine();
            JniUtils.setGraphExecutorOptimize(false);
            JniUtils.setGradMode(false);
            PREPARED.set(true);
        }
    }
}
