package dev.watchword.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** What is set once for the process, and once for each thread that computes. */
public final class LibTorch {
    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

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
