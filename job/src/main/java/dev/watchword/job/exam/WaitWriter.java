package dev.watchword.job.exam;

import dev.watchword.job.questions.QuestionWriter;
import dev.watchword.job.questions.Truth;
import dev.watchword.job.questions.Wish;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.Yard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Writes standing wishes that come true; the same arguments give the same wishes. */
final class WaitWriter {
    private static final int WINDOW = 60;
    private static final int MOST_IN_A_YARD = 6;
    private static final int DRAWS_A_SECOND = 4;
    private static final int MOST_YARDS_A_CASE = 10;
    private static final int LOOK_BACK = 60;

    private final long seed;
    private final QuestionWriter writer = new QuestionWriter(Population.allPairs());

    WaitWriter(long seed) {
        this.seed = seed;
    }

    /**
     * Writes wishes.
     *
     * @param length how many frames are seen, at least, before one comes true
     */
    List<WaitSheet> write(int length, int wishes) {
        List<WaitSheet> sheets = new ArrayList<>();
        int left = wishes;
        for (int number = 0; left > 0 && number < MOST_YARDS_A_CASE * wishes; number++) {
            long yardSeed = ExamSeeds.of(seed, length, number, 7);
            WaitSheet sheet = sheet(yardSeed, length, Math.min(left, MOST_IN_A_YARD));
            if (!sheet.cases().isEmpty()) {
                sheets.add(sheet);
                left -= sheet.cases().size();
            }
        }
        return sheets;
    }

    private WaitSheet sheet(long yardSeed, int length, int most) {
        int seconds = length + WINDOW;
        Yard yard = Sheet.yard(yardSeed, seconds);
        SplittableRandom random = new SplittableRandom(yardSeed);
        List<WaitSheet.Case> cases = new ArrayList<>();
        Set<String> facts = new HashSet<>();
        int first = Math.max(length, WaitSheet.BEFORE);
        for (int second = first; second < seconds - WaitSheet.AFTER; second++) {
            Truth truth = Truth.of(yard, Math.max(0, second - LOOK_BACK), second + 1);
            for (int draw = 0; draw < DRAWS_A_SECOND && cases.size() < most; draw++) {
                Optional<Wish> wish = writer.wish(truth, true, random);
                if (wish.isEmpty() || facts.contains(wish.get().fact().toString() + second)) {
                    continue;
                }
                List<Integer> notYet = WaitSheet.notYet(wish.get(), yard, second);
                if (!notYet.isEmpty()) {
                    facts.add(wish.get().fact().toString() + second);
                    cases.add(new WaitSheet.Case(wish.get(), second, notYet));
                }
            }
        }
        cases.sort(Comparator.comparingInt(WaitSheet.Case::event));
        return new WaitSheet("wait-%d-%016x".formatted(length, yardSeed), yardSeed, seconds, cases);
    }
}
