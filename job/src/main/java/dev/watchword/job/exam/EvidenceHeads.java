package dev.watchword.job.exam;

import dev.watchword.job.exam.Sheet.Look;
import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.Span;
import dev.watchword.job.questions.YardQuestion;
import dev.watchword.model.AttentionHead;
import dev.watchword.model.FrameHistory;
import dev.watchword.model.FrameHistory.Watched;
import dev.watchword.model.LanguageConfig;
import dev.watchword.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Chooses the heads of the decoder whose attention tells what an answer rests on: those with which
 * the heaviest frame of right answers to questions about the past shows most often what decides them.
 *
 * @param heads the best, in the order in which they were taken; empty where too few answers were
 *     right to tell
 * @param answers how many right answers were looked at
 * @param shown share of them whose heaviest frame shows what decides, with these heads
 * @param shownByAll the same with all heads
 * @param shownByChance the same with a frame drawn at random
 */
public record EvidenceHeads(
        List<AttentionHead> heads,
        int answers,
        double shown,
        double shownByAll,
        double shownByChance) {
    /** Behind few frames nearly every head points at what decides; behind many, few heads do. */
    private static final List<Integer> LENGTHS = List.of(100, 1_000);

    private static final int MOST_HEADS = 4;
    private static final int FEWEST_ANSWERS = 20;
    private static final long PURPOSE = 0x67;

    /** What was looked at for a right answer, and which frames show what decides it. */
    private record Case(float[][] attention, boolean[] shows) {
        boolean isShownBy(List<Integer> heads) {
            int heaviest = 0;
            double most = -1;
            for (int frame = 0; frame < shows.length; frame++) {
                double sum = 0;
                for (int head : heads) {
                    sum += attention[head][frame];
                }
                if (sum > most) {
                    most = sum;
                    heaviest = frame;
                }
            }
            return shows[heaviest];
        }

        double chance() {
            int showing = 0;
            for (boolean each : shows) {
                showing += each ? 1 : 0;
            }
            return (double) showing / shows.length;
        }
    }

    /**
     * Asks a model.
     *
     * @param seed of the yards and the questions
     * @param questions how many, if so many can be found
     */
    public static EvidenceHeads choose(DirectModel model, long seed, int questions)
            throws InterruptedException {
        PaperWriter writer = PaperWriter.ofAll(ExamSeeds.of(seed, PURPOSE));
        List<Case> cases = new ArrayList<>();
        for (int length : LENGTHS) {
            Paper paper = writer.write(length, Set.of(Family.PAST), questions / LENGTHS.size());
            for (Sheet sheet : paper.sheets()) {
                look(model, sheet, cases);
            }
        }
        return choose(cases, model.network().config().language());
    }

    private static void look(DirectModel model, Sheet sheet, List<Case> cases)
            throws InterruptedException {
        FrameStore frames = model.remembersEveryFrame(sheet.stream(), sheet.pictures());
        for (Look look : sheet.looks()) {
            frames.show(look.end());
            look(model, frames, look.questions(), cases);
        }
    }

    private static void look(
            DirectModel model, FrameStore frames, List<YardQuestion> questions, List<Case> cases) {
        try (TensorScope scope = model.network().newScope();
                FrameHistory history = history(model, frames, scope)) {
            for (YardQuestion question : questions) {
                Watched answer = history.answerWatched(question.text(), Exam.MOST_TOKENS);
                boolean isRight = Marking.isRight(answer.text(), question.answer());
                if (isRight && !question.evidence().isEmpty()) {
                    cases.add(
                            new Case(
                                    answer.attention(),
                                    showing(question.evidence(), frames.frames())));
                }
            }
        }
    }

    private static FrameHistory history(DirectModel model, FrameStore frames, TensorScope scope) {
        int count = frames.frames();
        FrameHistory history =
                new FrameHistory(
                        model.network(), model.text(), frames.fusion(scope, frames.plan(count)));
        history.append(frames.tokens(scope, count));
        return history;
    }

    private static boolean[] showing(List<Span> evidence, int frames) {
        boolean[] shows = new boolean[frames];
        for (Span span : evidence) {
            for (int second = span.from(); second < Math.min(frames, span.to()); second++) {
                shows[second] = true;
            }
        }
        return shows;
    }

    private static EvidenceHeads choose(List<Case> cases, LanguageConfig language) {
        List<Integer> all =
                IntStream.range(0, language.layers() * language.heads()).boxed().toList();
        List<Integer> chosen = new ArrayList<>();
        int best = 0;
        while (chosen.size() < MOST_HEADS && cases.size() >= FEWEST_ANSWERS) {
            int before = best;
            List<Integer> better = chosen;
            for (int head : all) {
                List<Integer> tried = new ArrayList<>(chosen);
                tried.add(head);
                int shown = shown(cases, tried);
                if (shown > best) {
                    best = shown;
                    better = tried;
                }
            }
            if (best == before) {
                break;
            }
            chosen = better;
        }
        return new EvidenceHeads(
                chosen.stream().map(head -> AttentionHead.of(head, language)).toList(),
                cases.size(),
                (double) best / cases.size(),
                (double) shown(cases, all) / cases.size(),
                cases.stream().mapToDouble(Case::chance).average().orElse(0));
    }

    private static int shown(List<Case> cases, List<Integer> heads) {
        return (int) cases.stream().filter(each -> each.isShownBy(heads)).count();
    }

    /** In words. */
    public String told() {
        return heads.isEmpty()
                ? "evidence: only %d answers were right, too few to choose heads by"
                        .formatted(answers)
                : "evidence: with the heads %s the heaviest frame of %.1f%% of %d right answers shows what decides them; with all heads %.1f%%, by chance %.1f%%"
                        .formatted(
                                heads.stream()
                                        .map(head -> "%d.%d".formatted(head.layer(), head.head()))
                                        .collect(Collectors.joining(", ")),
                                100 * shown,
                                answers,
                                100 * shownByAll,
                                100 * shownByChance);
    }
}
