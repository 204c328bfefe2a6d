package dev.watchword.model;

/**
 * How the rotary position frequencies are stretched, so that a model reads texts longer than those
 * it was first trained on.
 */
public sealed interface RotaryScaling {

    /**
     * Returns the {@code headSize / 2} frequencies, in radians a position, the fastest first.
     *
     * <p>The arithmetic is done in single precision and in the order of Hugging Face's library,
     * since models were trained with the rounded numbers: each value is a float, and equals the
     * library's but for at most its last bit.
     */
    double[] inverseFrequencies(double theta, int headSize);

    /** The plain frequencies {@code theta^(-2i / headSize)}. */
    record None() implements RotaryScaling {
        @Override
        public double[] inverseFrequencies(double theta, int headSize) {
            double[] frequencies = new double[headSize / 2];
            for (int i = 0; i < frequencies.length; i++) {
                float exponent = (float) (2 * i) / headSize;
                frequencies[i] = 1f / (float) Math.pow((float) theta, exponent);
            }
            return frequencies;
        }
    }

    /** All frequencies divided by {@code factor}. */
    record Linear(double factor) implements RotaryScaling {
        @Override
        public double[] inverseFrequencies(double theta, int headSize) {
            double[] frequencies = new None().inverseFrequencies(theta, headSize);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = (float) frequencies[i] / (float) factor;
            }
            return frequencies;
        }
    }

    /**
     * Llama 3.1's: slow frequencies are divided by {@code factor}, fast ones stay, and those between
     * are interpolated.
     *
     * @param factor what slow frequencies are divided by
     * @param lowFrequencyFactor a frequency is slow when it turns fewer times than this in {@code
     *     originalMaxPositions}
     * @param highFrequencyFactor a frequency is fast when it turns more times than this in {@code
     *     originalMaxPositions}
     * @param originalMaxPositions the longest sequence before stretching, in tokens
     */
    record Llama3(
            double factor,
            double lowFrequencyFactor,
            double highFrequencyFactor,
            int originalMaxPositions)
            implements RotaryScaling {
        @Override
        public double[] inverseFrequencies(double theta, int headSize) {
            double[] frequencies = new None().inverseFrequencies(theta, headSize);
            for (int i = 0; i < frequencies.length; i++) {
                frequencies[i] = stretched((float) frequencies[i]);
            }
            return frequencies;
        }

        private float stretched(float frequency) {
            // A scalar divided by a tensor is the tensor's reciprocal times the scalar in PyTorch.
            float wavelength = 1f / frequency * (float) (2 * Math.PI);
            if (wavelength > (float) (originalMaxPositions / lowFrequencyFactor)) {
                return frequency / (float) factor;
            }
            if (wavelength < (float) (originalMaxPositions / highFrequencyFactor)) {
                return frequency;
            }
            float turns = 1f / wavelength * originalMaxPositions;
            float smooth =
                    (turns - (float) lowFrequencyFactor)
                            / (float) (highFrequencyFactor - lowFrequencyFactor);
            return (1f - smooth) * frequency / (float) factor + smooth * frequency;
        }
    }
}
