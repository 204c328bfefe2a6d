package dev.watchword.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * The shape of a Llama decoder, which pre-fusion's blocks share.
 *
 * @param width features of a token, {@code D}
 * @param mlpWidth features inside a block's gated linear unit
 * @param layers blocks of the decoder, pre-fusion's not counted
 * @param heads query heads of a block
 * @param keyValueHeads key and value heads of a block; divides {@code heads}
 * @param headSize features of a head; even. {@code heads * headSize} need not equal {@code width}
 * @param vocabulary how many token ids there are
 * @param rmsNormEpsilon what every norm adds to the mean square
 * @param rotaryTheta the base of the rotary position frequencies
 * @param scaling how these frequencies are stretched for long texts
 * @param tiedEmbeddings whether the output layer uses the embedding table
 * @param maxPositions the longest sequence that the model was made for, in tokens
 * @param stopIds token ids that end a text, in the order of the files
 * @param beginId the token id that begins a text, if there is one
 */
public record LanguageConfig(
        int width,
        int mlpWidth,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int vocabulary,
        double rmsNormEpsilon,
        double rotaryTheta,
        RotaryScaling scaling,
        boolean tiedEmbeddings,
        int maxPositions,
        List<Integer> stopIds,
        OptionalInt beginId) {

    public LanguageConfig {
        stopIds = List.copyOf(stopIds);
    }

    /** Returns the rotary positions' {@code headSize / 2} frequencies, in radians a position. */
    public float[] rotaryFrequencies() {
        double[] exact = scaling.inverseFrequencies(rotaryTheta, headSize);
        float[] rounded = new float[exact.length];
        for (int i = 0; i < exact.length; i++) {
            rounded[i] = (float) exact[i];
        }
        return rounded;
    }
}
