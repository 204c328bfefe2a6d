package dev.watchword.engine;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Turns pictures into vision tokens, and questions over them into answers.
 *
 * <p>All calls return at once and may be made from any thread. Futures are completed on the
 * engine's threads: what hangs on them must be short. When the engine is closed, or ends with an
 * error, what is not finished completes with a {@link java.util.concurrent.CancellationException},
 * and when it hangs, with an {@link EngineHungException}.
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
     *
     * <p>Completes with {@link DeviceMemoryException} where the device's memory did not suffice. Then
     * what is only kept has been dropped, so that it may suffice at the next try.
     */
    CompletableFuture<AnswerOutcome> answer(AnswerRequest request);

    /**
     * A new owner of histories. What another owner keeps, of the same stream too, is never taken for
     * its own.
     */
    long newOwner();

    /**
     * Tells of a frame that came to a stream. Where a history of the stream is kept, it grows by the
     * frame; an owner tells of every frame, in the order in which they come.
     *
     * @param token {@link EngineModel#tokenBytes} long
     */
    void follow(long owner, String stream, long sequence, byte[] token);

    /**
     * Holds a history that is kept, for a question about its first frames.
     *
     * @param lastSequence of the last frame that the question is about
     * @param frames how many frames it is about
     * @return empty if it is not kept, or not that far: then give the question all its tokens
     */
    Optional<RecalledHistory> recall(HistoryName name, long lastSequence, int frames);

    /** How busy it is, and what it has done. */
    EngineLoad load();

    /** Completes if the engine hangs: it is of no use any more, and never will be. */
    CompletableFuture<EngineHungException> hung();

    /** Drops all that is kept for an owner. */
    void forget(long owner);

    /** Ends it. What hangs is not waited for, and stays until the process ends. */
    @Override
    void close();
}
