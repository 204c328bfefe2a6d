package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.ListedQuery;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was put into a simulation, and what must come out: the invariants, each by its name. */
final class SimulatedTruth {
    private static final class Stream {
        /** The frames of the history. */
        private final List<Long> sequences = new ArrayList<>();

        private final SimulatedQuestions asked;
        private final Map<String, Standing> standing = new TreeMap<>();

        private Stream(String name) {
            asked = new SimulatedQuestions(name, sequences);
        }
    }

    private static final class Standing {
        private final long every;

        /** How many frames had come. */
        private final int since;

        /** How many frames had come when it was cancelled. */
        private Optional<Integer> until = Optional.empty();

        private Standing(long every, int since) {
            this.every = every;
            this.since = since;
        }

        /** After how many frames it is due. */
        private Set<Integer> due(int frames) {
            Set<Integer> due = new LinkedHashSet<>();
            for (int at = since + 1; at <= until.orElse(frames); at += (int) every) {
                due.add(at);
            }
            return due;
        }
    }

    private final Map<String, Stream> streams = new HashMap<>();
    private final SimulatedFaults faults;

    /** Who cancelled which question. */
    private final Map<String, String> cancels = new LinkedHashMap<>();

    /** The words of a question, which no other has. */
    static String words(String id) {
        return "what of " + id + "?";
    }

    /**
     * @param faults of the engine
     */
    SimulatedTruth(SimulatedFaults faults) {
        this.faults = faults;
    }

    static String token(String stream, long sequence) {
        return stream + sequence;
    }

    /** The tokens of frames of a stream, as a simulated engine lists them. */
    static String tokens(String stream, List<Long> sequences) {
        return sequences.stream()
                .map(sequence -> token(stream, sequence))
                .collect(Collectors.joining(","));
    }

    private Stream of(String stream) {
        return streams.computeIfAbsent(stream, Stream::new);
    }

    long lastSequence(String stream) {
        List<Long> all = of(stream).sequences;
        return all.isEmpty() ? 0 : all.get(all.size() - 1);
    }

    int standing(String stream) {
        return (int)
                of(stream).standing.values().stream()
                        .filter(standing -> standing.until.isEmpty())
                        .count();
    }

    /** Any question of a stream, one that was asked or one that stands. */
    Optional<String> anyQuery(String stream, Random random) {
        List<String> all = new ArrayList<>(of(stream).asked.ids());
        of(stream)
                .standing
                .forEach(
                        (id, standing) -> {
                            if (standing.until.isEmpty()) {
                                all.add(id);
                            }
                        });
        return oneOf(all, random);
    }

    /** Any question that was asked once of a stream. */
    Optional<String> anyAsked(String stream, Random random) {
        return oneOf(List.copyOf(of(stream).asked.ids()), random);
    }

    private static Optional<String> oneOf(List<String> all, Random random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    /** A frame came; only one whose sequence rises becomes part of the history. */
    void frame(String stream, long sequence) {
        if (sequence > lastSequence(stream)) {
            of(stream).sequences.add(sequence);
        }
    }

    /** A question was asked that does not stand. */
    void asked(Query query) {
        of(query.getStream()).asked.add(query);
    }

    void stands(String stream, String id, long every) {
        of(stream).standing.put(id, new Standing(every, of(stream).sequences.size()));
    }

    void cancelled(String stream, String id, String by) {
        cancels.put(by, id);
        Standing standing = of(stream).standing.get(id);
        if (standing != null) {
            standing.until = Optional.of(of(stream).sequences.size());
        }
    }

    /**
     * Holds what came out against what must.
     *
     * @param visible every answer, as with at-least-once
     * @param committed those of checkpoints, as with exactly-once
     */
    void check(List<Answer> visible, List<Answer> committed, List<String> names) {
        Map<String, Answer> first = new LinkedHashMap<>();
        visible.forEach(answer -> first.putIfAbsent(answer.getAnswerId(), answer));
        everyAnswerIsCommittedOnce(committed);
        for (String name : names) {
            noStreamSeesTheFramesOfAnother(name, visible);
            of(name).asked.everyQuestionIsAnswered(visible, cancels.values(), faults);
            of(name).asked.everyQuestionIsAnswered(committed, cancels.values(), faults);
            of(name).asked.aFollowUpStandsBehindAnAnswer(committed);
            everyCancellingIsAnswered(first.values());
            standingQuestionsReportAtTheirFrames(name, first.values());
            standingQuestionsMissNothing(name, committed);
        }
    }

    private static void everyAnswerIsCommittedOnce(List<Answer> committed) {
        assertThat(committed)
                .as("exactly once")
                .extracting(Answer::getAnswerId)
                .doesNotHaveDuplicates();
    }

    private static void noStreamSeesTheFramesOfAnother(String stream, List<Answer> answers) {
        for (Answer answer : answers) {
            if (answer.getStream().equals(stream) && !answer.getText().isEmpty()) {
                assertThat(answer.getText().split(","))
                        .as("no stream sees the frames of another: %s", answer)
                        .allMatch(token -> token.startsWith(stream));
            }
        }
    }

    private void everyCancellingIsAnswered(Collection<Answer> answers) {
        Set<String> open = new HashSet<>(cancels.keySet());
        answers.forEach(answer -> open.remove(answer.getQueryId()));
        assertThat(open).as("every cancelling is answered").isEmpty();
    }

    private void standingQuestionsReportAtTheirFrames(String stream, Collection<Answer> answers) {
        for (Answer answer : answers) {
            Standing standing = of(stream).standing.get(answer.getQueryId());
            if (standing != null && answer.getFrames().getLastSequence().isPresent()) {
                long last = answer.getFrames().getLastSequence().get();
                int at = of(stream).sequences.indexOf(last) + 1;
                assertThat(standing.due(of(stream).sequences.size()))
                        .as("a standing question reports at its frames: %s", answer)
                        .contains(at);
                String text = tokens(stream, of(stream).sequences.subList(0, at));
                if (answer.getStatus() == Status.FAILED) {
                    assertThat(faults.explain(words(answer.getQueryId()), text))
                            .as("an evaluation fails only where the engine did: %s", answer)
                            .isTrue();
                } else {
                    assertThat(answer.getText()).isEqualTo(text);
                }
                assertThat(answer.getAnswerId())
                        .isEqualTo(AnswerId.ofFrame(answer.getQueryId(), stream, last));
            }
        }
    }

    /** What is due is evaluated or counted as left out; what is evaluated is sent, once. */
    private void standingQuestionsMissNothing(String stream, List<Answer> committed) {
        Answer rest =
                committed.stream()
                        .filter(answer -> answer.getQueryId().equals("rest-" + stream))
                        .findFirst()
                        .orElseThrow();
        Set<String> listed = new HashSet<>();
        for (ListedQuery one : rest.getStanding()) {
            Standing standing = of(stream).standing.get(one.getQueryId());
            listed.add(one.getQueryId());
            assertThat(one.getEvaluations() + one.getSkipped())
                    .as("nothing waits, and nothing due is forgotten: %s", one)
                    .isEqualTo(standing.due(of(stream).sequences.size()).size());
            long reports =
                    committed.stream()
                            .filter(answer -> answer.getQueryId().equals(one.getQueryId()))
                            .filter(answer -> answer.getStream().equals(stream))
                            .filter(answer -> answer.getFrames().getLastSequence().isPresent())
                            .count();
            assertThat(reports).as("every report is sent once: %s", one).isEqualTo(one.getSent());
        }
        assertThat(listed)
                .as("the questions that stand on %s", stream)
                .isEqualTo(
                        of(stream).standing.entrySet().stream()
                                .filter(entry -> entry.getValue().until.isEmpty())
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()));
    }
}
