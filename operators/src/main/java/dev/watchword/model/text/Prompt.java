package dev.watchword.model.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The token ids of a question's prompt, cut where frames' vision tokens go in: at one place, or, in a
 * question about several streams together, at one place for each of them.
 */
public final class Prompt {
    /** Stands among the ids for the vision tokens; the public code's number for it. */
    public static final long FRAMES = -200;

    private final List<long[]> texts;

    /**
     * Makes a prompt with one place for frames.
     *
     * @param before the ids in front of the vision tokens: the system's part
     * @param after the ids behind them: the question, and what was asked and answered before it
     */
    public Prompt(long[] before, long[] after) {
        this(List.of(before, after));
    }

    /**
     * Makes a prompt.
     *
     * @param texts ids: those in front of the first place, between the places, and behind the last;
     *     at least two
     */
    public Prompt(List<long[]> texts) {
        if (texts.size() < 2) {
            throw new IllegalArgumentException("A prompt has at least one place for frames.");
        }
        this.texts = texts.stream().map(long[]::clone).toList();
    }

    /** Returns the ids in front of the first vision tokens; the same for every question. */
    public long[] before() {
        return text(0);
    }

    /** Returns the ids behind the last vision tokens. */
    public long[] after() {
        return text(places());
    }

    /** Returns how many places for frames there are. */
    public int places() {
        return texts.size() - 1;
    }

    /** Returns the ids in front of a place, counted from 0; those of the last text are behind all. */
    public long[] text(int number) {
        return texts.get(number).clone();
    }

    /** Returns all ids, with {@link #FRAMES} where vision tokens go in. */
    public long[] ids() {
        long[] ids = new long[length() + places()];
        int at = 0;
        for (long[] text : texts) {
            System.arraycopy(text, 0, ids, at, text.length);
            at += text.length;
            if (at < ids.length) {
                ids[at++] = FRAMES;
            }
        }
        return ids;
    }

    /** Returns where in {@link #ids} the first vision tokens go in. */
    public int place() {
        return texts.get(0).length;
    }

    /** Returns where in {@link #ids} a text begins. */
    public int begin(int number) {
        int begin = 0;
        for (int i = 0; i < number; i++) {
            begin += texts.get(i).length + 1;
        }
        return begin;
    }

    /** Returns how many ids there are, the vision tokens not counted. */
    public int length() {
        return texts.stream().mapToInt(text -> text.length).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prompt prompt && Arrays.equals(ids(), prompt.ids());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids());
    }

    @Override
    public String toString() {
        return texts.stream()
                .map(text -> text.length + " ids")
                .collect(Collectors.joining(", vision tokens, ", "Prompt[", "]"));
    }
}
