package dev.watchword.model.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.watchword.model.ModelFileException;
import dev.watchword.model.ModelFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Turns text into a model's token ids and back, as the model's tokenizer.json says. Nothing is cut
 * to a length and nothing is padded; nothing is fetched from a network.
 *
 * <p>Any thread may use it, several at a time. After {@link #close} no method may be called, and
 * none may be running.
 */
public final class Tokenizer implements AutoCloseable {
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

    private final Path file;
    private final HuggingFaceTokenizer recognising;
    private final HuggingFaceTokenizer plain;
    private final Map<String, Integer> addedTokens;
    private final Set<Long> addedIds;

    private Tokenizer(
            Path file,
            HuggingFaceTokenizer recognising,
            HuggingFaceTokenizer plain,
            Map<String, Integer> addedTokens) {
        this.file = file;
        this.recognising = recognising;
        this.plain = plain;
        this.addedTokens = addedTokens;
        this.addedIds =
                addedTokens.values().stream().map(Integer::longValue).collect(Collectors.toSet());
    }

    /**
     * Opens a tokenizer.json.
     *
     * @throws ModelFileException if the file is missing or is no tokenizer
     */
    public static Tokenizer open(Path file) {
        NativeTokenizers.prepare();
        TokenizerJson json = TokenizerJson.read(file);
        HuggingFaceTokenizer recognising = load(file, ModelFiles.read(file));
        try {
            HuggingFaceTokenizer plain = load(file, json.withoutAddedTokens());
            return new Tokenizer(file, recognising, plain, json.addedTokens());
        } catch (ModelFileException e) {
            recognising.close();
            throw e;
        }
    }

    /**
     * Encodes text in which tokens such as {@code <|eot_id|>} are recognised where they are spelled
     * out. For text that the model's makers or its operator wrote.
     *
     * @param addSpecialTokens whether the tokenizer's own tokens, such as the begin of text, are put
     *     around it, as Hugging Face's {@code tokenizer(text)} does
     */
    public long[] encode(String text, boolean addSpecialTokens) {
        return recognising.encode(wellFormed(text), addSpecialTokens, false).getIds();
    }

    /**
     * Encodes text that somebody else wrote: whatever it spells, no control token comes out of it.
     * Text that spells none gets the ids that {@link #encode} without special tokens gives.
     */
    public long[] encodePlain(String text) {
        String sound = wellFormed(text);
        long[] ids = plain.encode(sound, false, false).getIds();
        if (LongStream.of(ids).noneMatch(addedIds::contains)) {
            return ids;
        }
        // The vocabulary itself can spell such a token, so its letters must not meet. (What is
        // left then stands for letters that the vocabulary does not know.)
        return pieces(sound).stream()
                .flatMapToLong(piece -> LongStream.of(plain.encode(piece, false, false).getIds()))
                .toArray();
    }

    /**
     * Decodes ids into text. Bytes that are no valid UTF-8 become U+FFFD.
     *
     * @param skipSpecialTokens whether control tokens are left out
     */
    public String decode(long[] ids, boolean skipSpecialTokens) {
        return recognising.decode(ids, skipSpecialTokens);
    }

    /** Returns a decoder for ids that come one at a time; control tokens are left out. */
    public TextDecoder textDecoder() {
        return new TextDecoder(ids -> decode(ids, true));
    }

    /** Returns the id of a token that is recognised in text as it stands, if there is one. */
    public OptionalInt idOf(String token) {
        Integer id = addedTokens.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /**
     * Returns the id of a token that is recognised in text as it stands.
     *
     * @param neededBy what needs the token, for the message when it is missing
     * @throws ModelFileException if the tokenizer has no such token
     */
    public int requiredId(String token, String neededBy) {
        return idOf(token)
                .orElseThrow(
                        () ->
                                new ModelFileException(
                                        file,
                                        "has no token %s, which %s needs"
                                                .formatted(token, neededBy)));
    }

    /** Gives back the native memory. */
    @Override
    public void close() {
        recognising.close();
        plain.close();
    }

    /** Cuts a text inside everything in it that spells an added token. */
    private List<String> pieces(String text) {
        SortedSet<Integer> cuts = new TreeSet<>();
        for (String token : addedTokens.keySet()) {
            for (int at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
                cuts.add(text.offsetByCodePoints(at, 1));
            }
        }
        cuts.add(text.length());
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int cut : cuts) {
            pieces.add(text.substring(start, cut));
            start = cut;
        }
        return pieces;
    }

    static long[] concatenated(long[] first, long[] second) {
        return LongStream.concat(LongStream.of(first), LongStream.of(second)).toArray();
    }

    private static HuggingFaceTokenizer load(Path file, byte[] json) {
        try (InputStream in = new ByteArrayInputStream(json)) {
            return HuggingFaceTokenizer.newInstance(in, OPTIONS);
        } catch (IOException | RuntimeException e) {
            throw new ModelFileException(
                    file, "is not a tokenizer that can be used: " + e.getMessage(), e);
        }
    }

    /** Replaces halves of surrogate pairs, which have no bytes, as a UTF-8 encoder would. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
