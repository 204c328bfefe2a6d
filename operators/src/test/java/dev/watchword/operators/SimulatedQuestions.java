package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.model.text.Turn;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.AnswerId;
import dev.watchword.schemas.Query;
import dev.watchword.schemas.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The questions that are asked once of a stream in a simulation, and what must come of them. */
final class SimulatedQuestions {
    /**
     * A question.
     *
     * @param frames how many frames had come
     */
    private record Asked(Query query, int frames) {}

    private final String stream;
    private final List<Long> sequences;
    private final Map<String, Asked> asked = new LinkedHashMap<>();

    /** The answers that were worked out, by the questions' ids. */
    private final Map<String, String> texts = new HashMap<>();

    /**
     * @param sequences of the frames that came, to which more may be added
     */
    SimulatedQuestions(String stream, List<Long> sequences) {
        this.stream = stream;
        this.sequences = sequences;
    }

    void add(Query query) {
        asked.put(query.getQueryId(), new Asked(query, sequences.size()));
    }

    Set<String> ids() {
        return asked.keySet();
    }

    /** How a simulated engine answers. */
    static String answer(String history, List<Turn> earlier) {
        StringBuilder answer = new StringBuilder(history);
        for (Turn turn : earlier) {
            answer.append(" behind %s %x".formatted(turn.question(), turn.answer().hashCode()));
        }
        return answer.toString();
    }

    private String history(Asked question) {
        Optional<Instant> asOf = question.query().getAsOf();
        return SimulatedTruth.tokens(
                stream,
                asOf.isEmpty()
                        ? sequences.subList(0, question.frames())
                        : sequences.stream()
                                .filter(n -> !Instant.ofEpochSecond(n).isAfter(asOf.get()))
                                .toList());
    }

    /** The answer to a question, if it has one with text. */
    private String text(Asked question) {
        String id = question.query().getQueryId();
        String text = texts.get(id);
        if (text == null) {
            text = answer(history(question), turns(question));
            texts.put(id, text);
        }
        return text;
    }

    private List<Turn> turns(Asked question) {
        List<Turn> turns = new ArrayList<>();
        Optional<String> next = question.query().getFollowUpTo();
        while (next.isPresent() && turns.size() < SimulatedSubtask.TURNS) {
            Asked earlier = asked.get(next.get());
            turns.add(0, new Turn(earlier.query().getText(), text(earlier)));
            next = earlier.query().getFollowUpTo();
        }
        return turns;
    }

    /**
     * Every question has an answer, and each answer is one that the question may have.
     *
     * @param cancelled the ids of the questions that somebody cancelled
     */
    void everyQuestionIsAnswered(
            List<Answer> answers, Collection<String> cancelled, SimulatedFaults faults) {
        Set<String> open = new HashSet<>(asked.keySet());
        for (Answer answer : answers) {
            Asked question = asked.get(answer.getQueryId());
            if (question != null) {
                open.remove(answer.getQueryId());
                assertThat(answer.getAnswerId())
                        .isEqualTo(AnswerId.of(answer.getQueryId(), stream));
                anAnswerIsAboutTheFramesBeforeTheQuestion(question, answer);
                onlyWhatIsLateExpires(question, answer);
                onlyWhatIsCancelledEndsSo(cancelled, answer);
                aQuestionFailsOnlyWhereTheEngineDid(question, answer, faults);
                onlyAFollowUpIsRefused(question, answer);
            }
        }
        assertThat(open).as("every question of %s is answered", stream).isEmpty();
    }

    private void anAnswerIsAboutTheFramesBeforeTheQuestion(Asked question, Answer answer) {
        boolean nothing = history(question).isEmpty();
        if (answer.getStatus() == Status.NO_FRAMES) {
            assertThat(nothing).as("no frame had come: %s", answer).isTrue();
        } else if (answer.getStatus() == Status.OK) {
            assertThat(nothing).as("a frame had come: %s", answer).isFalse();
            assertThat(answer.getText())
                    .as("an answer is about the frames before the question: %s", answer)
                    .isEqualTo(text(question));
        } else {
            assertThat(answer.getStatus())
                    .as("%s", answer)
                    .isIn(Status.EXPIRED, Status.CANCELLED, Status.FAILED, Status.REJECTED);
        }
    }

    private static void onlyWhatIsLateExpires(Asked question, Answer answer) {
        Instant answered = answer.getAnsweredAt().orElseThrow();
        boolean late = question.query().getDeadline().filter(answered::isAfter).isPresent();
        if (answer.getStatus() == Status.EXPIRED) {
            assertThat(late).as("only what is late expires: %s", answer).isTrue();
        } else if (answer.getStatus() == Status.OK) {
            assertThat(late).as("no answer is late: %s", answer).isFalse();
        }
    }

    private static void onlyWhatIsCancelledEndsSo(Collection<String> cancelled, Answer answer) {
        if (answer.getStatus() == Status.CANCELLED) {
            assertThat(cancelled).as("%s", answer).contains(answer.getQueryId());
        }
    }

    private void aQuestionFailsOnlyWhereTheEngineDid(
            Asked question, Answer answer, SimulatedFaults faults) {
        if (answer.getStatus() == Status.FAILED) {
            assertThat(faults.explain(question.query().getText(), text(question)))
                    .as("a question fails only where the engine did, twice for memory: %s", answer)
                    .isTrue();
        }
    }

    private static void onlyAFollowUpIsRefused(Asked question, Answer answer) {
        if (answer.getStatus() == Status.REJECTED) {
            assertThat(question.query().getFollowUpTo()).as("%s", answer).isPresent();
        }
    }

    /**
     * A follow-up is answered if the question before it was, and else refused.
     *
     * @param committed one answer to each question
     */
    void aFollowUpStandsBehindAnAnswer(List<Answer> committed) {
        Map<String, Status> ends = new HashMap<>();
        committed.forEach(answer -> ends.put(answer.getQueryId(), answer.getStatus()));
        for (Asked question : asked.values()) {
            Status end = ends.get(question.query().getQueryId());
            Optional<Status> before = question.query().getFollowUpTo().map(ends::get);
            if (end == Status.OK && before.isPresent()) {
                assertThat(before).as("before %s", question).contains(Status.OK);
            } else if (end == Status.REJECTED) {
                assertThat(before.orElseThrow()).as("before %s", question).isNotEqualTo(Status.OK);
            }
        }
    }
}
