package dev.watchword.operators;

import dev.watchword.engine.AnswerOutcome;
import dev.watchword.memory.CombinedQuestion;
import dev.watchword.memory.StreamPart;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Fusion;
import dev.watchword.schemas.FusionKind;
import dev.watchword.schemas.StreamFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a question about several streams together sees of each, without the frames' tokens: what its
 * answer tells.
 *
 * @param seen of streams with frames in scope, in the order in which the model sees them
 * @param streams every stream that the question meant, and why some are missing
 * @param late whether a stream is missing whose part has not come
 */
record CombinedScope(List<Seen> seen, List<StreamFrames> streams, boolean late) {
    private static final String OTHER_MODEL = "Its frames were seen by another model.";
    private static final String NO_MATCH = "No stream matches the pattern.";

    /** The frames of a stream that are in scope. */
    record Seen(
            String stream,
            List<Long> sequences,
            List<Long> capturedAt,
            int keyframes,
            boolean exact) {}

    /**
     * The scope of a question from the parts that have come.
     *
     * @param model of the engine; parts of another are not seen
     */
    static CombinedScope of(
            CombinedQuestion question, Map<String, StreamPart> parts, String model) {
        List<Seen> seen = new ArrayList<>();
        List<StreamFrames> streams = new ArrayList<>();
        boolean late = false;
        for (String stream : question.getStreams()) {
            StreamPart part = parts.get(stream);
            if (part == null) {
                late = true;
                streams.add(missing(stream, notCome(question)));
            } else if (!part.getMissing().isEmpty()) {
                streams.add(missing(stream, part.getMissing()));
            } else if (!part.getModel().equals(model)) {
                streams.add(missing(stream, OTHER_MODEL));
            } else {
                Seen one = seen(part);
                seen.add(one);
                streams.add(frames(one));
            }
        }
        question.getUnmatched().forEach(pattern -> streams.add(missing(pattern, NO_MATCH)));
        return new CombinedScope(List.copyOf(seen), List.copyOf(streams), late);
    }

    private static String notCome(CombinedQuestion question) {
        return PendingQueries.decoded(question.getQuery())
                .getAsOf()
                .map("It had not told of its frames up to %s within the wait."::formatted)
                .orElse("It had not told of its frames within the wait.");
    }

    private static StreamFrames missing(String stream, String reason) {
        return StreamFrames.newBuilder().setStream(stream).setMissing(reason).build();
    }

    private static Seen seen(StreamPart part) {
        int keyframes = (int) part.getWeights().stream().filter(weight -> weight > 0).count();
        return new Seen(
                part.getStream(),
                part.getSequences(),
                part.getCapturedAt(),
                keyframes,
                part.getExact());
    }

    private static StreamFrames frames(Seen seen) {
        int count = seen.sequences().size();
        return StreamFrames.newBuilder()
                .setStream(seen.stream())
                .setCount(count)
                .setFirstSequence(seen.sequences().get(0))
                .setLastSequence(seen.sequences().get(count - 1))
                .build();
    }

    /** Why nothing is seen, stream by stream. */
    String missing() {
        return streams.stream()
                .map(stream -> stream.getStream() + ": " + stream.getMissing())
                .collect(Collectors.joining(" "));
    }

    /** The frames of all streams: sequences of several mean nothing together. */
    FrameSpan span() {
        return FrameSpan.newBuilder()
                .setCount(seen.stream().mapToLong(one -> one.sequences().size()).sum())
                .setFirstCapturedAt(times().min(Instant::compareTo).orElse(null))
                .setLastCapturedAt(times().max(Instant::compareTo).orElse(null))
                .build();
    }

    private Stream<Instant> times() {
        return seen.stream().flatMap(one -> one.capturedAt().stream()).map(Instant::ofEpochMilli);
    }

    Fusion fusion() {
        boolean exact = seen.stream().allMatch(Seen::exact);
        return new Fusion(
                exact ? FusionKind.EXACT : FusionKind.SAMPLED,
                seen.stream().mapToInt(Seen::keyframes).sum());
    }

    /** The frames on which an answer rested; {@code cited} counts the frames of all streams. */
    List<Evidence> evidence(List<AnswerOutcome.CitedFrame> cited) {
        List<Evidence> evidence = new ArrayList<>();
        for (AnswerOutcome.CitedFrame frame : cited) {
            int place = frame.frame();
            int stream = 0;
            while (place >= seen.get(stream).sequences().size()) {
                place -= seen.get(stream++).sequences().size();
            }
            Seen one = seen.get(stream);
            evidence.add(
                    new Evidence(
                            one.sequences().get(place),
                            Instant.ofEpochMilli(one.capturedAt().get(place)),
                            frame.weight(),
                            one.stream()));
        }
        return evidence;
    }
}
