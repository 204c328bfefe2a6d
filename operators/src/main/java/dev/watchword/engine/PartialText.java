package dev.watchword.engine;

import dev.watchword.model.text.AnswerText;
import java.time.Duration;
import java.util.List;

/**
 * Tells of an answer while it is written, at most once in an interval: whole characters, and only
 * when there are more of them. Used by the device's thread alone.
 */
final class PartialText {
    private final AnswerText decoder;
    private final PartialAnswers listener;
    private final long intervalNanos;
    private final StringBuilder text = new StringBuilder();
    private int decoded;
    private int parts;
    private int toldLength;
    private long toldAt;

    PartialText(AnswerText decoder, PartialAnswers listener, Duration interval) {
        this.decoder = decoder;
        this.listener = listener;
        this.intervalNanos = interval.toNanos();
    }

    /**
     * Tells what is new, if it is time.
     *
     * @param generated all tokens so far
     * @param now by {@link System#nanoTime}
     */
    void tell(List<Integer> generated, long now) {
        if (parts > 0 && now - toldAt < intervalNanos) {
            return;
        }
        while (decoded < generated.size()) {
            text.append(decoder.append(generated.get(decoded++)));
        }
        if (text.length() > toldLength) {
            parts++;
            toldLength = text.length();
            toldAt = now;
            listener.written(parts, text.toString());
        }
    }
}
