package dev.watchword.job.soak;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Evidence;
import dev.watchword.schemas.FrameSpan;
import dev.watchword.schemas.Status;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was sent, what came back, and whether that can be: every answer is held against what was
 * known when its question was asked. Thread-safe.
 */
final class Ledger {
    /** So many faults are told in words; all are counted. */
    private static final int TOLD = 20;

    private final SoakPlan plan;
    private final boolean exactlyOnce;
    private final long[] framesSent;
    private final long[] framesRemembered;
    private final Map<String, AskedQuestion> asked = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Map<String, Answer> first = new HashMap<>();
    private final Map<Status, Long> byStatus = new EnumMap<>(Status.class);
    private final List<Set<Long>> reports = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private long repeats;
    private long repeatsOfOtherFrames;
    private long wrongStreams;
    private long wrongHistories;
    private long refused;
    private long deadLetters;
    private long lostEvaluations;

    Ledger(SoakPlan plan, boolean exactlyOnce) {
        this.plan = plan;
        this.exactlyOnce = exactlyOnce;
        this.framesSent = new long[plan.streams()];
        this.framesRemembered = new long[plan.streams()];
        for (int i = 0; i < plan.streams(); i++) {
            reports.add(new HashSet<>());
        }
    }

    /** Notes that the next frame of a stream is about to be sent. */
    synchronized void sending(int stream) {
        framesSent[stream]++;
    }

    synchronized long sent(int stream) {
        return framesSent[stream];
    }

    /** Notes that a question is about to be asked. */
    synchronized void asking(AskedQuestion question) {
        asked.put(question.id(), question);
    }

    synchronized void deadLetter(String reason) {
        deadLetters++;
        tell("dead letter: " + reason);
    }

    /** Whether a question has been answered. */
    synchronized boolean isAnswered(String id) {
        return answered.contains(id);
    }

    /** How many questions have been asked and not answered. */
    synchronized int unanswered() {
        return asked.size() - answered.size();
    }

    /** How many frames of a stream the newest answer about all of them has seen. */
    synchronized long remembered(int stream) {
        return framesRemembered[stream];
    }

    /**
     * Takes an answer.
     *
     * @return the question that it answers; empty if it is a repeat, or nobody asked
     */
    synchronized Optional<AskedQuestion> answer(Answer answer) {
        AskedQuestion question = asked.get(answer.getQueryId());
        if (question == null) {
            wrongHistories++;
            tell("an answer that nobody asked for: " + answer);
            return Optional.empty();
        }
        if (!answer.getStream().equals(plan.stream(question.stream()))) {
            wrongStreams++;
            tell("of another stream than %s: %s".formatted(plan.stream(question.stream()), answer));
            return Optional.empty();
        }
        Answer before = first.putIfAbsent(answer.getAnswerId(), answer);
        if (before != null) {
            repeated(question, before, answer);
        } else {
            byStatus.merge(answer.getStatus(), 1L, Long::sum);
        }
        problem(question, answer)
                .ifPresent(
                        problem -> {
                            wrongHistories++;
                            tell("%s: %s, asked as %s".formatted(problem, answer, question));
                        });
        answered.add(question.id());
        return before == null ? Optional.of(question) : Optional.empty();
    }

    private void repeated(AskedQuestion question, Answer before, Answer answer) {
        repeats++;
        boolean sameFrames = before.getFrames().equals(answer.getFrames());
        if (exactlyOnce || sameFrames && !before.getText().equals(answer.getText())) {
            wrongHistories++;
            tell("a repeat that must not be: %s after %s".formatted(answer, before));
        } else if (!sameFrames) {
            repeatsOfOtherFrames++;
        }
    }

    /** What an answer says of its frames that cannot be; empty if all can. */
    private Optional<String> problem(AskedQuestion question, Answer answer) {
        FrameSpan span = answer.getFrames();
        boolean withFrames = span.getLastSequence().isPresent();
        String id =
                question.kind() == AskedQuestion.Kind.STANDING && withFrames
                        ? AnswerId.ofFrame(
                                question.id(), answer.getStream(), span.getLastSequence().get())
                        : AnswerId.of(question.id(), answer.getStream());
        if (!answer.getAnswerId().equals(id)) {
            return Optional.of("a wrong answer_id");
        }
        return switch (answer.getStatus()) {
            case OK, TRUNCATED ->
                    withFrames ? frameProblem(question, answer) : problemWithoutFrames(question);
            case NO_FRAMES ->
                    question.frames() > 0
                            ? Optional.of("no frames where there are some")
                            : Optional.empty();
            default -> {
                refused++;
                tell("refused: " + answer);
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> problemWithoutFrames(AskedQuestion question) {
        return switch (question.kind()) {
            case STANDING, LIST -> Optional.empty();
            case OPEN, SETTLED -> Optional.of("it tells of no frames");
        };
    }

    private Optional<String> frameProblem(AskedQuestion question, Answer answer) {
        int stream = question.stream();
        FrameSpan span = answer.getFrames();
        long begin = plan.sequence(stream, 0);
        // Places among the stream's frames, from 0.
        long from = span.getFirstSequence().orElseThrow() - begin;
        long to = span.getLastSequence().orElseThrow() - begin + 1;
        if (from < 0 || to > framesSent[stream]) {
            wrongStreams++;
            return Optional.of("frames that the stream does not have");
        }
        for (Evidence evidence : answer.getEvidence()) {
            long place = evidence.getSequence() - begin;
            if (place < from || place >= to) {
                wrongStreams++;
                return Optional.of("evidence from elsewhere");
            }
        }
        boolean settled = question.kind() == AskedQuestion.Kind.SETTLED;
        long least = question.kind() == AskedQuestion.Kind.STANDING ? 1 : question.frames();
        if (to < least || settled && to != question.frames()) {
            return Optional.of("frames are missing, or too many");
        }
        if (from != Math.max(0, to - question.last()) || span.getCount() != to - from) {
            return Optional.of("not all frames up to the last");
        }
        if (question.kind() == AskedQuestion.Kind.STANDING) {
            reports.get(stream).add(to - 1);
            return (to - 1) % SoakPlan.STANDING_EVERY == 0
                    ? Optional.empty()
                    : Optional.of("a frame at which nothing was due");
        }
        if (question.kind() == AskedQuestion.Kind.OPEN) {
            framesRemembered[stream] = to;
        }
        return Optional.empty();
    }

    /**
     * Holds what the job says about a standing question against what must be.
     *
     * @param dealtWith how often it was evaluated or, being due, left out
     * @param sent how many of its answers were sent
     */
    synchronized void standing(int stream, long dealtWith, long sent) {
        long due = due(stream);
        int seen = reports.get(stream).size();
        if (dealtWith != due || (exactlyOnce ? seen != sent : seen < sent)) {
            lostEvaluations += Math.max(1, due - dealtWith);
            tell(
                    "the standing question on %s was due %d times: %d dealt with, %d sent, %d came"
                            .formatted(plan.stream(stream), due, dealtWith, sent, seen));
        }
    }

    /** How often a standing question was due that stood before the first frame. */
    synchronized long due(int stream) {
        return (framesSent[stream] + SoakPlan.STANDING_EVERY - 1) / SoakPlan.STANDING_EVERY;
    }

    private void tell(String what) {
        if (told.size() < TOLD) {
            told.add(what);
        }
    }

    /** The sums, when nothing is to come any more. */
    synchronized LedgerSums sums() {
        long sent = 0;
        long lostFrames = 0;
        for (int i = 0; i < plan.streams(); i++) {
            sent += framesSent[i];
            lostFrames += framesSent[i] - framesRemembered[i];
        }
        List<String> words = new ArrayList<>(told);
        asked.keySet().stream()
                .filter(id -> !answered.contains(id))
                .sorted()
                .limit(TOLD)
                .forEach(id -> words.add("not answered: " + asked.get(id)));
        return new LedgerSums(
                sent,
                asked.size(),
                new EnumMap<>(byStatus),
                repeats,
                repeatsOfOtherFrames,
                deadLetters,
                lostFrames,
                unanswered(),
                lostEvaluations,
                wrongStreams,
                wrongHistories,
                refused,
                words);
    }
}
