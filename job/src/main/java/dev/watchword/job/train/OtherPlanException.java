package dev.watchword.job.train;

import java.nio.file.Path;

/** What was begun in a folder is not what is to go on there. Its message is for people. */
public final class OtherPlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OtherPlanException(Path folder, String begun, String wanted) {
        super(
                "%s holds what was begun by another plan: call it with the same options again, or give another folder.%nThere: %s.%nNow: %s."
                        .formatted(folder, begun, wanted));
    }
}
