package dev.watchword.job.demo;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Span;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What is shown, and what is asked about it and when. The questions and their true answers follow
 * from the yards' seeds and from those given here.
 *
 * @param cameras with a stream each
 * @param questions in the order in which they are asked
 */
public record DemoScript(List<DemoCamera> cameras, List<DemoQuestion> questions) {
    private static final String NORTH = "north";
    private static final String SOUTH = "south";
    private static final int ATTEMPTS = 1000;

    public DemoScript {
        cameras = List.copyOf(cameras);
        questions = List.copyOf(questions);
    }

    /** A question to be drawn, and the one that it follows. */
    private record Plan(int camera, int from, int to, Family family, long seed) {
        List<DemoQuestion> draw(List<DemoCamera> cameras, QuestionWriter writer) {
            DemoCamera asked = cameras.get(camera);
            Truth truth = Truth.of(asked.yard(), from, to);
            SplittableRandom random = new SplittableRandom(seed);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<YardQuestion> question = writer.ask(family, truth, random);
                if (question.isPresent()) {
                    return Stream.concat(question.get().earlier().stream(), question.stream())
                            .map(each -> asked(asked.stream(), each))
                            .toList();
                }
            }
            throw new IllegalStateException(
                    "The seconds %d to %d of the yard %d have no question of the family %s"
                            .formatted(from, to, asked.seed(), family.label()));
        }

        private DemoQuestion asked(String stream, YardQuestion question) {
            return new DemoQuestion(
                    stream,
                    new Span(from, to),
                    question.family(),
                    question.text(),
                    question.answer(),
                    question.earlier().isPresent());
        }
    }

    /** Returns the demo's script. */
    public static DemoScript standard() {
        List<DemoCamera> cameras = List.of(DemoCamera.of(NORTH, 6), DemoCamera.of(SOUTH, 28));
        QuestionWriter writer = new QuestionWriter(Population.allPairs());
        List<DemoQuestion> questions = new ArrayList<>();
        for (Plan plan : plans()) {
            questions.addAll(plan.draw(cameras, writer));
        }
        return new DemoScript(cameras, questions);
    }

    private static List<Plan> plans() {
        return List.of(
                new Plan(0, 0, 40, Family.NOW_ATTRIBUTE, 7),
                new Plan(1, 0, 80, Family.NOW_COUNT, 4),
                new Plan(0, 0, 120, Family.PAST, 13),
                new Plan(1, 0, 160, Family.UNANSWERABLE, 1),
                new Plan(0, 0, 200, Family.ORDER, 151),
                new Plan(1, 0, 240, Family.WAIT_UNTIL, 8),
                new Plan(0, 0, 280, Family.EVENT_COUNT, 13),
                new Plan(1, 0, 320, Family.NOW_ATTRIBUTE, 33),
                new Plan(0, 0, 360, Family.WAIT_UNTIL, 3),
                new Plan(1, 260, 400, Family.PAST, 1),
                new Plan(0, 0, 420, Family.FOLLOW_UP, 6),
                new Plan(0, 0, 440, Family.ORDER, 114),
                new Plan(1, 0, 480, Family.PAST, 3));
    }
}
