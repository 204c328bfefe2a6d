package dev.watchword.job.questions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Visit;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.model.untrained.WordTokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a follow-up means is worked out here from the words of both questions alone. */
class FollowUpQuestionsTest {
    private static final int YARDS = 60;
    private static final int SECONDS = 120;

    private static final List<Truth> TRUTHS = new ArrayList<>();
    private static final List<YardQuestion> QUESTIONS = new ArrayList<>();

    @BeforeAll
    static void ask() {
        QuestionWriter writer = new QuestionWriter(Population.allPairs());
        for (long seed = 1; seed <= YARDS; seed++) {
            Yard yard = ScriptedYard.of(seed, SECONDS, YardOptions.of(seed));
            Truth truth = Truth.of(yard, 0, SECONDS);
            SplittableRandom random = new SplittableRandom(seed);
            for (int draw = 0; draw < 40; draw++) {
                writer.ask(Family.FOLLOW_UP, truth, random)
                        .ifPresent(
                                question -> {
                                    TRUTHS.add(truth);
                                    QUESTIONS.add(question);
                                });
            }
        }
    }

    @Test
    void itMeansWhatTheQuestionBeforeNamed() {
        int colours = 0;
        int still = 0;
        for (int i = 0; i < QUESTIONS.size(); i++) {
            String text = bare(QUESTIONS.get(i).text());
            YardQuestion earlier = QUESTIONS.get(i).earlier().orElseThrow();
            String named = bare(earlier.text());
            if (text.matches(".*(colour|color) was it|which colour did it have")) {
                Kind kind = kind(named);
                assertThat(TRUTHS.get(i).colours(kind))
                        .extracting(Nouns::of)
                        .containsExactly(QUESTIONS.get(i).answer());
                assertThat(earlier.answer()).isEqualTo("yes");
                colours++;
            } else if (text.matches(".*(colour|color) is it|which colour does it have")) {
                Kind kind = kind(named);
                assertThat(TRUTHS.get(i).clearNow(visit -> visit.kind() == kind))
                        .extracting(Visit::colour)
                        .extracting(Nouns::of)
                        .containsExactly(QUESTIONS.get(i).answer());
                colours++;
            } else if (text.contains(" it there now") || text.contains("still")) {
                Pair pair = new Pair(colour(named), kind(named));
                Verdict now =
                        new Fact.Present(pair.kind(), Optional.of(pair.colour()))
                                .in(TRUTHS.get(i).last());
                assertThat(now)
                        .isEqualTo(
                                QUESTIONS.get(i).answer().equals("yes") ? Verdict.YES : Verdict.NO);
                still++;
            }
        }
        assertThat(colours).isGreaterThan(100);
        assertThat(still).isGreaterThan(100);
    }

    @Test
    void whatAboutAsksTheSameOfSomethingElse() {
        Map<String, Integer> asked = new HashMap<>();
        for (int i = 0; i < QUESTIONS.size(); i++) {
            String text = bare(QUESTIONS.get(i).text());
            if (!text.matches("(what|how) about .*") || text.contains("open or closed")) {
                continue;
            }
            String named = bare(QUESTIONS.get(i).earlier().orElseThrow().text());
            Truth truth = TRUTHS.get(i);
            String answer = QUESTIONS.get(i).answer();
            if (text.endsWith("the gate") || text.endsWith("the door")) {
                boolean open =
                        text.endsWith("gate")
                                ? truth.last().conditions().gateOpen()
                                : truth.last().conditions().doorOpen();
                boolean askedOpen = named.contains("open");
                assertThat(answer).isEqualTo(open == askedOpen ? "yes" : "no");
                asked.merge("state", 1, Integer::sum);
            } else if (named.startsWith("how many") || named.startsWith("count")) {
                assertThat(answer).matches("\\d+");
                asked.merge("count", 1, Integer::sum);
            } else {
                Pair pair = new Pair(colour(text), kind(text));
                boolean now = named.matches("is .*|can .*|do .*");
                boolean yes = now ? Presence.verdict(truth, pair) == Verdict.YES : truth.seen(pair);
                assertThat(answer).as(named + "? " + text).isEqualTo(yes ? "yes" : "no");
                asked.merge(now ? "now" : "past", 1, Integer::sum);
            }
        }
        assertThat(asked.keySet()).containsExactlyInAnyOrder("state", "count", "now", "past");
        assertThat(asked.values()).allMatch(count -> count > 50);
    }

    @Test
    void noAnswerIsMuchMoreFrequentThanItsOpposite() {
        long yes = QUESTIONS.stream().filter(each -> each.answer().equals("yes")).count();
        long no = QUESTIONS.stream().filter(each -> each.answer().equals("no")).count();

        assertThat((double) yes / (yes + no)).isBetween(0.4, 0.6);
    }

    @Test
    void everyWordIsInTheLexicon() {
        Set<String> pieces = Lexicon.pieces();
        Set<String> missing = new HashSet<>();
        for (YardQuestion question : QUESTIONS) {
            missing.addAll(WordTokenizer.cut(question.text()));
            missing.addAll(WordTokenizer.cut(question.earlier().orElseThrow().text()));
        }
        missing.removeAll(pieces);
        assertThat(missing).isEmpty();
    }

    private static String bare(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[?.]$", "");
    }

    private static Kind kind(String text) {
        for (Kind kind : Kind.values()) {
            if (text.matches(".*\\b" + Nouns.one(kind) + "\\b.*")) {
                return kind;
            }
        }
        throw new AssertionError("No thing is named in: " + text);
    }

    private static Colour colour(String text) {
        for (Colour colour : Colour.values()) {
            if (text.matches(".*\\b" + Nouns.of(colour) + "\\b.*")) {
                return colour;
            }
        }
        throw new AssertionError("No colour is named in: " + text);
    }
}
