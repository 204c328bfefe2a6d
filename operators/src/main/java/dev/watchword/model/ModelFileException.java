package dev.watchword.model;

import java.nio.file.Path;

/**
 * Something is wrong with a file of a model directory. The message names the file, the tensor where
 * there is one, and what is wrong.
 */
public final class ModelFileException extends RuntimeException {
    public ModelFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public ModelFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }

    /** About one tensor of the file. */
    public static ModelFileException ofTensor(Path file, String tensor, String problem) {
        return new ModelFileException(file, describe(tensor, problem));
    }

    /** About one tensor of the file. */
    public static ModelFileException ofTensor(
            Path file, String tensor, String problem, Throwable cause) {
        return new ModelFileException(file, describe(tensor, problem), cause);
    }

    private static String describe(String tensor, String problem) {
        return "tensor \"" + tensor + "\" " + problem;
    }
}
