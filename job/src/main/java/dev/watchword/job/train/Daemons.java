package dev.watchword.job.train;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that do not keep the process alive. */
final class Daemons {
    private Daemons() {}

    /** Starts them when they are needed, at most so many. */
    static ExecutorService pool(String name, int most) {
        return Executors.newFixedThreadPool(
                most,
                work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
