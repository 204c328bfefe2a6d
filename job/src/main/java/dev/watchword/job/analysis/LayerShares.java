package dev.watchword.job.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * Where one layer of the decoder looks from the text behind the frames: the mean of the heads and
 * of that text's tokens. The three shares add up to 1.
 *
 * @param before the share of the text in front of the vision tokens
 * @param vision the share of the vision tokens
 * @param behind the share of the question and the answer
 * @param perTokenBefore the share of one token in front of the vision tokens; 0 if there is none
 * @param perVisionToken the share of one vision token
 * @param perTokenBehind the share of one of the tokens behind that can be seen
 */
public record LayerShares(
        double before,
        double vision,
        double behind,
        double perTokenBefore,
        double perVisionToken,
        double perTokenBehind) {

    /**
     * Adds attention up.
     *
     * @param attention of each of the {@code rows} tokens behind the vision tokens: how much it
     *     looks at every token of the prompt
     * @param before how many tokens stand in front of the vision tokens
     * @param vision how many vision tokens there are, at least 1
     */
    public static LayerShares of(float[] attention, int rows, int before, int vision) {
        int length = attention.length / rows;
        double[] sums = new double[3];
        double perTokenBehind = 0;
        for (int row = 0; row < rows; row++) {
            double behind = 0;
            for (int i = 0; i < length; i++) {
                double share = attention[row * length + i];
                if (i < before) {
                    sums[0] += share;
                } else if (i < before + vision) {
                    sums[1] += share;
                } else {
                    behind += share;
                }
            }
            sums[2] += behind;
            perTokenBehind += behind / (row + 1);
        }
        return new LayerShares(
                sums[0] / rows,
                sums[1] / rows,
                sums[2] / rows,
                before == 0 ? 0 : sums[0] / rows / before,
                sums[1] / rows / vision,
                perTokenBehind / rows);
    }

    /** The mean of several answers' shares, layer by layer. */
    public static List<LayerShares> mean(List<List<LayerShares>> answers) {
        List<LayerShares> means = new ArrayList<>();
        for (int layer = 0; layer < answers.get(0).size(); layer++) {
            int at = layer;
            means.add(meanOf(answers.stream().map(shares -> shares.get(at)).toList()));
        }
        return means;
    }

    private static LayerShares meanOf(List<LayerShares> shares) {
        return new LayerShares(
                shares.stream().mapToDouble(LayerShares::before).average().orElseThrow(),
                shares.stream().mapToDouble(LayerShares::vision).average().orElseThrow(),
                shares.stream().mapToDouble(LayerShares::behind).average().orElseThrow(),
                shares.stream().mapToDouble(LayerShares::perTokenBefore).average().orElseThrow(),
                shares.stream().mapToDouble(LayerShares::perVisionToken).average().orElseThrow(),
                shares.stream().mapToDouble(LayerShares::perTokenBehind).average().orElseThrow());
    }
}
