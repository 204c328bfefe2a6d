package dev.watchword.integration.rig;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineHungException;
import dev.watchword.engine.EngineLoad;
import dev.watchword.engine.EngineModel;
import dev.watchword.engine.HistoryName;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.RecalledHistory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An engine that hands everything on to another one. */
abstract class ForwardingEngine implements Engine {
    private final Engine real;

    ForwardingEngine(Engine real) {
        this.real = real;
    }

    @Override
    public EngineModel model() {
        return real.model();
    }

    @Override
    public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
        return real.encode(picture);
    }

    @Override
    public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
        return real.answer(request);
    }

    @Override
    public long newOwner() {
        return real.newOwner();
    }

    @Override
    public void follow(long owner, String stream, long sequence, byte[] token) {
        real.follow(owner, stream, sequence, token);
    }

    @Override
    public Optional<RecalledHistory> recall(HistoryName name, long lastSequence, int frames) {
        return real.recall(name, lastSequence, frames);
    }

    @Override
    public EngineLoad load() {
        return real.load();
    }

    @Override
    public CompletableFuture<EngineHungException> hung() {
        return real.hung();
    }

    @Override
    public void forget(long owner) {
        real.forget(owner);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("An engine is not closed by who leases it.");
    }
}
