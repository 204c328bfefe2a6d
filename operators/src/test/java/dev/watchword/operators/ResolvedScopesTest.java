package dev.watchword.operators;

import static dev.watchword.operators.Events.ask;
import static dev.watchword.operators.Events.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.memory.Retention;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what questions see against the plain way: every frame is looked at. */
class ResolvedScopesTest {
    private static final AnswerLimits LIMITS =
            new AnswerLimits(50, 8, 16, 0, 3, 2, 2, new ConversationLimits(4, 3));
    private static final int FRAMES = 60;
    private static final int QUESTIONS = 120;
    private static final int RETENTION = 40;

    private record Captured(long sequence, long time) {}

    private final FakeEngine engine = new FakeEngine();
    private final SplittableRandom random = new SplittableRandom(5);

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void seesTheFramesThatThePlainWayFinds(boolean broken, boolean clockPutBack) throws Exception {
        try (OperatorRun<EncodedEvent, Answer> run =
                FuseRun.of(engine, LIMITS, new Retention(RETENTION, Duration.ZERO), false)) {
            List<Captured> frames = new ArrayList<>();
            long sequence = 7;
            long time = 1_000;
            for (int i = 0; i < FRAMES; i++) {
                sequence += broken && random.nextInt(8) == 0 ? 1 + random.nextInt(50) : 1;
                time += random.nextInt(4);
                time -= clockPutBack && random.nextInt(20) == 0 ? 15 : 0;
                frames.add(new Captured(sequence, time));
                run.send(frame("a", sequence, time));
            }
            List<Captured> kept = frames.subList(FRAMES - RETENTION, FRAMES);
            for (int i = 0; i < QUESTIONS; i++) {
                Scope scope = scope(kept);
                Optional<Long> asOf =
                        random.nextInt(3) == 0 ? Optional.of(momentOf(kept)) : Optional.empty();
                run.send(
                        ask(
                                "a",
                                "q" + i,
                                query ->
                                        query.setScope(scope)
                                                .setAsOf(
                                                        asOf.map(Instant::ofEpochMilli)
                                                                .orElse(null))));

                assertThat(run.output().get(i).getText())
                        .as("%s as of %s of %s", scope, asOf, kept)
                        .isEqualTo(
                                plainly(kept, scope, asOf).stream()
                                        .map(frame -> "a" + frame.sequence())
                                        .collect(Collectors.joining(",")));
            }
        }
    }

    private long time(List<Captured> frames) {
        return frames.get(random.nextInt(frames.size())).time() + random.nextInt(3) - 1;
    }

    /** None for which the question would wait. */
    private long momentOf(List<Captured> frames) {
        long latest = frames.stream().mapToLong(Captured::time).max().orElseThrow();
        return Math.min(latest, time(frames));
    }

    private Scope scope(List<Captured> frames) {
        Scope.Builder scope = Scope.newBuilder();
        switch (random.nextInt(4)) {
            case 0 -> scope.setLastFrames(1L + random.nextInt(RETENTION + 2));
            case 1 -> scope.setLastMs(1L + random.nextInt(80));
            case 2 -> {
                long from = time(frames);
                scope.setFrom(Instant.ofEpochMilli(from));
                if (random.nextBoolean()) {
                    scope.setTo(Instant.ofEpochMilli(from + 1 + random.nextInt(30)));
                }
            }
            default -> {}
        }
        return scope.build();
    }

    private static List<Captured> plainly(List<Captured> all, Scope scope, Optional<Long> asOf) {
        List<Captured> frames =
                asOf.map(moment -> all.subList(0, 1 + lastPlace(all, time -> time <= moment)))
                        .orElse(all);
        if (frames.isEmpty()) {
            return frames;
        }
        int size = frames.size();
        if (scope.getLastFrames().isPresent()) {
            long count = scope.getLastFrames().get();
            return frames.subList((int) Math.max(0, size - count), size);
        }
        if (scope.getLastMs().isPresent()) {
            long oldest = frames.get(size - 1).time() - scope.getLastMs().get();
            return frames.subList(firstPlace(frames, time -> time > oldest), size);
        }
        long from = scope.getFrom().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        long to = scope.getTo().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
        LongPredicate inside = time -> time >= from && time < to;
        int last = lastPlace(frames, inside);
        return last < 0 ? List.of() : frames.subList(firstPlace(frames, inside), last + 1);
    }

    private static int firstPlace(List<Captured> frames, LongPredicate holds) {
        int place = 0;
        while (!holds.test(frames.get(place).time())) {
            place++;
        }
        return place;
    }

    private static int lastPlace(List<Captured> frames, LongPredicate holds) {
        int place = frames.size() - 1;
        while (place >= 0 && !holds.test(frames.get(place).time())) {
            place--;
        }
        return place;
    }
}
