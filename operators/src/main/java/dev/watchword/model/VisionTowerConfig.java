package dev.watchword.model;

/**
 * The shape of a CLIP vision tower.
 *
 * @param width features of a patch, {@code Dv}
 * @param mlpWidth features between the two linear maps of a block
 * @param layers blocks that the tower has; those after {@code selectLayer} are not needed
 * @param heads attention heads of a block; divides {@code width}
 * @param imageSize pixels along each side of the square input
 * @param patchSize pixels along each side of a patch. Pixels on the right and at the bottom that
 *     fill no whole patch are not looked at
 * @param layerNormEpsilon what every layer norm adds to the variance
 * @param activation the activation function of every block
 * @param selectLayer which hidden state is the output: 0 is the embeddings after the first norm,
 *     {@code k} is what layer {@code k} gives, counted from 1
 */
public record VisionTowerConfig(
        int width,
        int mlpWidth,
        int layers,
        int heads,
        int imageSize,
        int patchSize,
        double layerNormEpsilon,
        Activation activation,
        int selectLayer) {

    /** Returns how many patches lie along each side of the picture. */
    public int grid() {
        return imageSize / patchSize;
    }

    /** Returns how many patches a picture has, {@code P}; the class token is not counted. */
    public int patches() {
        return grid() * grid();
    }
}
