package dev.watchword.job.kafka;

import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker's fatal fault from ending this process, as long as at least one broker holds the
 * guard: the thread that wanted to end the process ends instead. Thread-safe.
 */
final class ExitGuard {

    private static final Logger LOG = LoggerFactory.getLogger(ExitGuard.class);

    private static int holders;

    private ExitGuard() {}

    static synchronized void hold() {
        holders++;
        if (holders == 1) {
            Exit.setExitProcedure(ExitGuard::refuse);
            Exit.setHaltProcedure(ExitGuard::refuse);
        }
    }

    static synchronized void release() {
        holders--;
        if (holders == 0) {
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
    }

    private static void refuse(int status, String message) {
        String reason = message == null ? "see its log" : message;
        LOG.error("The embedded broker stopped on a fatal fault (status {}): {}", status, reason);
        throw new IllegalStateException("The embedded broker stopped: " + reason);
    }
}
