package dev.watchword.job.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder in which something goes on after an interruption, and nothing else begins. */
final class TrainingFolder {
    private static final String PLAN = "plan.txt";

    private TrainingFolder() {}

    /**
     * Makes a folder that of a plan, which is written into it, or makes sure that it is.
     *
     * @throws OtherPlanException if what was begun there has another plan
     */
    static void claim(Path folder, String plan) throws IOException {
        Path file = Files.createDirectories(folder).resolve(PLAN);
        if (!Files.exists(file)) {
            Files.writeString(file, plan + "\n", StandardOpenOption.CREATE_NEW);
            return;
        }
        String begun = Files.readString(file).strip();
        if (!begun.equals(plan)) {
            throw new OtherPlanException(folder, begun, plan);
        }
    }
}
