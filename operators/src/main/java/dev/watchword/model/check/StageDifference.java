package dev.watchword.model.check;

import dev.watchword.tensor.Precision;

/**
 * How far one stage of one case is from its golden.
 *
 * @param largest the largest absolute difference
 * @param relative the Frobenius norm of the difference by that of the golden
 * @param tolerance what the measure that counts may be at most
 * @param measured the measure that counts: the largest difference in float32, the relative in
 *     bfloat16
 */
public record StageDifference(
        String model,
        String goldenCase,
        String stage,
        double largest,
        double relative,
        double measured,
        double tolerance) {

    /** In float32: every stage but the logits. */
    public static final double FLOAT32_STAGE = 1e-4;

    /** In float32: the logits. */
    public static final double FLOAT32_LOGITS = 1e-3;

    /** In bfloat16: the relative error of any stage. */
    public static final double BFLOAT16_STAGE = 4e-2;

    /** Whether the stage is within its tolerance. */
    public boolean passes() {
        // Written so that a difference that is not a number does not pass.
        return measured <= tolerance;
    }

    static StageDifference of(
            String model,
            String goldenCase,
            String stage,
            Precision precision,
            float[] golden,
            float[] computed) {
        double largest = 0;
        double difference = 0;
        double norm = 0;
        if (golden.length != computed.length) {
            largest = Double.POSITIVE_INFINITY;
            difference = Double.POSITIVE_INFINITY;
        } else {
            for (int i = 0; i < golden.length; i++) {
                double delta = Math.abs((double) computed[i] - golden[i]);
                largest = Math.max(largest, delta);
                difference += delta * delta;
                norm += (double) golden[i] * golden[i];
            }
        }
        double relative = Math.sqrt(difference) / Math.max(Math.sqrt(norm), Double.MIN_NORMAL);
        boolean exact = precision == Precision.FLOAT32;
        double exactTolerance = stage.equals("logits") ? FLOAT32_LOGITS : FLOAT32_STAGE;
        return new StageDifference(
                model,
                goldenCase,
                stage,
                largest,
                relative,
                exact ? largest : relative,
                exact ? exactTolerance : BFLOAT16_STAGE);
    }
}
