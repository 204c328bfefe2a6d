package dev.watchword.model.text;

/**
 * Turns the ids that a model generates, one at a time, into the text of its answer: without the
 * assistant's header, which some templates leave to the model, without control tokens, and without
 * white space at the ends. For one thread at a time.
 */
public final class AnswerText {
    private final TextDecoder decoder;
    private final long[] header;
    private int headerSeen;
    private boolean headerOver;
    private boolean begun;
    private final StringBuilder heldSpace = new StringBuilder();

    AnswerText(TextDecoder decoder, long[] header) {
        this.decoder = decoder;
        this.header = header;
        this.headerOver = header.length == 0;
    }

    /** Takes the next id, and returns the text that is certain now and was not before. */
    public String append(long id) {
        if (headerOver) {
            return trimmed(decoder.append(id));
        }
        if (id == header[headerSeen]) {
            headerSeen++;
            headerOver = headerSeen == header.length;
            return "";
        }
        return releaseHeader() + trimmed(decoder.append(id));
    }

    /** Returns the rest of the answer. */
    public String finish() {
        String released = headerOver ? "" : releaseHeader();
        return released + trimmed(decoder.finish());
    }

    /** What began like a header and was none belongs to the answer. */
    private String releaseHeader() {
        headerOver = true;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < headerSeen; i++) {
            text.append(trimmed(decoder.append(header[i])));
        }
        return text.toString();
    }

    private String trimmed(String text) {
        heldSpace.append(text);
        int end = heldSpace.length();
        while (end > 0 && PythonText.isSpace(heldSpace.charAt(end - 1))) {
            end--;
        }
        String certain = heldSpace.substring(0, end);
        heldSpace.delete(0, end);
        if (begun || certain.isEmpty()) {
            return certain;
        }
        begun = true;
        return PythonText.strip(certain);
    }
}
