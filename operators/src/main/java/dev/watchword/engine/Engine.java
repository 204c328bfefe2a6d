package dev.watchword.engine;

import java.util.concurrent.CompletableFuture;

/**
 * Turns pictures into vision tokens, and questions over them into answers.
 *
 * <p>Both calls return at once and may be made from any thread. Futures are completed on the
 * engine's threads: what hangs on them must be short. When the engine is closed, what is not
 * finished completes with a {@link java.util.concurrent.CancellationException}.
 */
public interface Engine extends AutoCloseable {
    /** The model that it runs, and the sizes of what it makes. */
    EngineModel model();

    /**
     * Encodes a picture.
     *
     * <p>Completes exceptionally with {@link UnusablePictureException} where the picture is at
     * fault, with anything else where the engine is.
     */
    CompletableFuture<EncodedPicture> encode(PictureSource picture);

    /**
     * Answers a question. Cancelling the future, or passing the deadline, stops the work before the
     * next token.
     */
    CompletableFuture<AnswerOutcome> answer(AnswerRequest request);

    @Override
    void close();
}
