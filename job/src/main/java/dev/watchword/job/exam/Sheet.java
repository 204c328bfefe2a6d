package dev.watchword.job.exam;

import dev.watchword.job.questions.YardQuestion;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is asked about one yard.
 *
 * @param stream the name of its camera
 * @param seed of the yard and of its camera
 * @param seconds how long it lasts
 * @param lastFrameOnly whether only the frames just before the looks are shown, each for itself
 * @param looks in the order of their moments
 */
record Sheet(String stream, long seed, int seconds, boolean lastFrameOnly, List<Look> looks) {
    Sheet {
        looks = List.copyOf(looks);
    }

    /**
     * A moment at which questions are asked.
     *
     * @param end the second after the last one that is seen
     */
    record Look(int end, List<YardQuestion> questions) {
        Look {
            questions = List.copyOf(questions);
        }
    }

    /** The same sheet, whose stream's name begins with a prefix. */
    Sheet named(String prefix) {
        return new Sheet(prefix + stream, seed, seconds, lastFrameOnly, looks);
    }

    /** The yard of a seed. */
    static Yard yard(long seed, int seconds) {
        return ScriptedYard.of(seed, seconds, YardOptions.of(seed));
    }

    /** The frames of a yard's camera. */
    static IntFunction<byte[]> camera(long seed, int seconds) {
        Yard yard = yard(seed, seconds);
        YardPainter painter = new YardPainter(YardPainter.SIDE, seed);
        return second -> painter.jpeg(yard, second);
    }

    /** The frames that are shown, by sequence. */
    IntFunction<byte[]> pictures() {
        IntFunction<byte[]> camera = camera(seed, seconds);
        return lastFrameOnly ? number -> camera.apply(looks.get(number).end() - 1) : camera;
    }

    /** How many frames have been shown when a look's questions are asked. */
    int shown(int look) {
        return lastFrameOnly ? look + 1 : looks.get(look).end();
    }

    /** From what the questions are answered. */
    View view() {
        return lastFrameOnly ? View.LAST_FRAME : View.HISTORY;
    }

    /** How many questions there are. */
    int questions() {
        return looks.stream().mapToInt(look -> look.questions().size()).sum();
    }
}
