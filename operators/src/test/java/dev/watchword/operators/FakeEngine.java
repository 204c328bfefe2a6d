package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.engine.AnswerRequest;
import dev.watchword.engine.DeviceMemoryException;
import dev.watchword.engine.EncodedPicture;
import dev.watchword.engine.Engine;
import dev.watchword.engine.EngineHungException;
import dev.watchword.engine.EngineLoad;
import dev.watchword.engine.EngineModel;
import dev.watchword.engine.HistoryName;
import dev.watchword.engine.PictureSource;
import dev.watchword.engine.RecalledHistory;
import dev.watchword.engine.SharedEngines;
import dev.watchword.engine.UnusablePictureException;
import dev.watchword.tensor.Precision;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine whose token of a picture is the picture's bytes, and whose answer lists the tokens that
 * it was asked about, behind each stream's name where these are several; to the question "shares" how
 * much each keyframe counts, to "newest" the newest token alone, and to "before" what was asked and
 * answered before it. Where somebody wants to hear of an answer while it is written, that happens token
 * by token. Work is done at once, or held until the test says so.
 */
final class FakeEngine implements Engine {
    private static final Map<Integer, FakeEngine> BY_NUMBER = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final int number = NUMBERS.incrementAndGet();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private String modelId = "fake";
    private double newestShare;
    private boolean anchored = true;
    private long owners;
    private final Map<Place, FakeHistory> histories = new HashMap<>();
    private int recalls;
    private int shortages;
    private AnswerRequest.History shownLast;

    private record Place(long owner, String stream) {}

    /** A history that is kept, and the frames of it that a question may see. */
    private record FakeHistory(HistoryName name, long[] lastSequence, List<byte[]> tokens)
            implements RecalledHistory {
        @Override
        public void release() {}
    }

    FakeEngine() {
        BY_NUMBER.put(number, this);
    }

    /** A leaser that finds this engine again after it was serialized. */
    EngineLeaser leaser() {
        int wanted = number;
        return gpu ->
                new SharedEngines.Lease() {
                    @Override
                    public Engine engine() {
                        return BY_NUMBER.get(wanted);
                    }

                    @Override
                    public void close() {}
                };
    }

    void hold() {
        holding = true;
    }

    /** At the next questions there is no memory for an answer. */
    void runShortOfMemory(int questions) {
        shortages = questions;
    }

    void useModel(String id) {
        modelId = id;
    }

    void useNewestShare(double share) {
        newestShare = share;
    }

    /** Does the held work, in the order in which it came or the reverse. */
    void release(boolean lastFirst) {
        List<Runnable> work = new ArrayList<>(held);
        held.clear();
        if (lastFirst) {
            Collections.reverse(work);
        }
        work.forEach(Runnable::run);
    }

    int heldCount() {
        return held.size();
    }

    private void work(Runnable task) {
        if (holding) {
            held.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public EngineModel model() {
        return new EngineModel(modelId, Precision.FLOAT32, 1, 1, newestShare, anchored);
    }

    @Override
    public CompletableFuture<EncodedPicture> encode(PictureSource picture) {
        CompletableFuture<EncodedPicture> result = new CompletableFuture<>();
        byte[] bytes = ((PictureSource.Inline) picture).encoded();
        work(
                () -> {
                    String text = text(bytes);
                    if (text.startsWith("bad")) {
                        result.completeExceptionally(
                                new UnusablePictureException("The picture is " + text + "."));
                    } else if (text.startsWith("broken")) {
                        result.completeExceptionally(new IllegalStateException("out of memory"));
                    } else if (text.startsWith("hang")) {
                        result.completeExceptionally(hang());
                    } else {
                        result.complete(new EncodedPicture(bytes, bytes));
                    }
                });
        return result;
    }

    @Override
    public CompletableFuture<AnswerOutcome> answer(AnswerRequest request) {
        CompletableFuture<AnswerOutcome> result = new CompletableFuture<>();
        shownLast = request.history();
        List<byte[]> shown = List.copyOf(tokens(request.history()));
        work(
                () -> {
                    if (shortages > 0) {
                        shortages--;
                        result.completeExceptionally(
                                new DeviceMemoryException(
                                        "a question", new IllegalStateException("out of memory")));
                    } else {
                        conclude(request, shown, result);
                    }
                });
        return result;
    }

    /** The history of the question that came last. */
    AnswerRequest.History shownLast() {
        return shownLast;
    }

    /** How many questions were answered from a history that had been kept. */
    int recalls() {
        return recalls;
    }

    void fuseExactly() {
        anchored = false;
    }

    @Override
    public long newOwner() {
        return ++owners;
    }

    @Override
    public void follow(long owner, String stream, long sequence, byte[] token) {
        FakeHistory kept = histories.get(new Place(owner, stream));
        if (kept != null) {
            kept.lastSequence()[0] = sequence;
            kept.tokens().add(token);
        }
    }

    @Override
    public Optional<RecalledHistory> recall(HistoryName name, long lastSequence, int frames) {
        FakeHistory kept = histories.get(new Place(name.owner(), name.stream()));
        boolean fits =
                kept != null
                        && kept.name().equals(name)
                        && kept.lastSequence()[0] >= lastSequence
                        && kept.tokens().size() >= frames;
        recalls += fits ? 1 : 0;
        return fits ? Optional.of(kept) : Optional.empty();
    }

    @Override
    public EngineLoad load() {
        return new EngineLoad(
                held.size(),
                held.size(),
                0,
                1,
                2,
                3,
                4,
                new EngineLoad.Prefixes(histories.size(), 5, recalls, 6, 7),
                new EngineLoad.Keyframes(0, 0, 0),
                Duration.ZERO);
    }

    @Override
    public CompletableFuture<EngineHungException> hung() {
        return new CompletableFuture<>();
    }

    @Override
    public void forget(long owner) {
        histories.keySet().removeIf(place -> place.owner() == owner);
    }

    /** The tokens in scope, from the request or from what was kept. */
    private List<byte[]> tokens(AnswerRequest.History history) {
        if (history instanceof AnswerRequest.History.Recalled recalled) {
            return ((FakeHistory) recalled.recalled()).tokens().subList(0, recalled.frames());
        }
        if (history instanceof AnswerRequest.History.Combined combined) {
            List<byte[]> all = new ArrayList<>();
            for (AnswerRequest.Segment segment : combined.segments()) {
                all.add((segment.name() + ":").getBytes(StandardCharsets.UTF_8));
                all.addAll(segment.tokens());
            }
            return all;
        }
        AnswerRequest.History.Given given = (AnswerRequest.History.Given) history;
        given.keepAs()
                .ifPresent(
                        kept ->
                                histories.put(
                                        new Place(kept.name().owner(), kept.name().stream()),
                                        new FakeHistory(
                                                kept.name(),
                                                new long[] {kept.lastSequence()},
                                                new ArrayList<>(given.tokens()))));
        return given.tokens().subList(0, given.frames());
    }

    private static void conclude(
            AnswerRequest request, List<byte[]> shown, CompletableFuture<AnswerOutcome> result) {
        Duration moment = Duration.ofMillis(1);
        AnswerOutcome.Times times = new AnswerOutcome.Times(moment, moment, moment, moment);
        if (request.question().equals("fail") || newest(shown).equals("fail")) {
            result.completeExceptionally(new IllegalStateException("out of memory"));
        } else if (request.question().equals("hang")) {
            result.completeExceptionally(hang());
        } else if (request.question().equals("refuse")) {
            result.complete(new AnswerOutcome.Refused("Too long."));
        } else if (request.question().equals("newest")) {
            result.complete(
                    new AnswerOutcome.Answered(newest(shown), 3, false, times, cited(request)));
        } else if (request.question().startsWith("before")) {
            String before =
                    String.join(
                            "|",
                            request.earlier().stream()
                                    .map(turn -> turn.question() + "=" + turn.answer())
                                    .toList());
            result.complete(new AnswerOutcome.Answered(before, 3, false, times, cited(request)));
        } else if (request.question().equals("shares")) {
            String shares =
                    String.join(
                            " ",
                            request.keyframes().stream()
                                    .map(k -> text(k.keyframe().features()) + ":" + k.weight())
                                    .toList());
            result.complete(new AnswerOutcome.Answered(shares, 3, false, times, cited(request)));
        } else {
            String tokens = String.join(",", shown.stream().map(FakeEngine::text).toList());
            for (int i = 1; i < shown.size(); i++) {
                String written =
                        String.join(
                                ",", shown.subList(0, i).stream().map(FakeEngine::text).toList());
                int part = i;
                request.partial().ifPresent(listener -> listener.written(part, written));
            }
            boolean cut = request.question().equals("long");
            result.complete(new AnswerOutcome.Answered(tokens, 3, cut, times, cited(request)));
        }
    }

    private static EngineHungException hang() {
        return new EngineHungException(
                "trying", Duration.ofSeconds(1), Thread.currentThread().getStackTrace());
    }

    /** The oldest frame in scope, or of several streams the newest of the last. */
    private static List<AnswerOutcome.CitedFrame> cited(AnswerRequest request) {
        return request.citedFrames() == 0
                ? List.of()
                : List.of(new AnswerOutcome.CitedFrame(citedFrame(request.history()), 0.75));
    }

    private static int citedFrame(AnswerRequest.History history) {
        return history instanceof AnswerRequest.History.Combined ? history.frames() - 1 : 0;
    }

    private static String newest(List<byte[]> shown) {
        return text(shown.get(shown.size() - 1));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        BY_NUMBER.remove(number);
    }
}
