package dev.watchword.model.text;

import java.util.Arrays;

/** The token ids of a question's prompt, cut where the frames' vision tokens go in. */
public final class Prompt {
    /** Stands among the ids for the vision tokens; the public code's number for it. */
    public static final long FRAMES = -200;

    private final long[] before;
    private final long[] after;

    /**
     * Makes a prompt.
     *
     * @param before the ids in front of the vision tokens: the system's part
     * @param after the ids behind them: the question, and what was asked and answered before it
     */
    public Prompt(long[] before, long[] after) {
        this.before = before.clone();
        this.after = after.clone();
    }

    /** Returns the ids in front of the vision tokens; the same for every question. */
    public long[] before() {
        return before.clone();
    }

    /** Returns the ids behind the vision tokens. */
    public long[] after() {
        return after.clone();
    }

    /** Returns all ids, with {@link #FRAMES} where the vision tokens go in. */
    public long[] ids() {
        long[] ids = Arrays.copyOf(before, before.length + 1 + after.length);
        ids[before.length] = FRAMES;
        System.arraycopy(after, 0, ids, before.length + 1, after.length);
        return ids;
    }

    /** Returns where in {@link #ids} the vision tokens go in. */
    public int place() {
        return before.length;
    }

    /** Returns how many ids there are, the vision tokens not counted. */
    public int length() {
        return before.length + after.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prompt prompt
                && Arrays.equals(before, prompt.before)
                && Arrays.equals(after, prompt.after);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(before) + Arrays.hashCode(after);
    }

    @Override
    public String toString() {
        return "Prompt[%d ids, vision tokens, %d ids]".formatted(before.length, after.length);
    }
}
