package dev.watchword.engine;

import dev.watchword.model.WeightPacking;
import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Precision;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What an engine is made from. Equal settings share one engine in a JVM.
 *
 * @param modelDirectory path of the model directory
 * @param visionTower path of the vision tower's directory; empty finds it by its name
 * @param chatTemplate {@code auto}, {@code llama-3.1}, {@code llama-3}, {@code vicuna} or
 *     {@code plain}
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param precision the number format
 * @param packing whether the weights of linear layers are packed
 * @param threads how many threads one operator of the tensor library may use; 0: one a core, but for
 *     one core
 * @param batchFrames most frames that are encoded together
 * @param batchWait how long the first frame of a batch waits for others
 * @param pictureThreads threads that decode and resize pictures
 * @param answersAtOnce how many answers are generated side by side
 * @param prefillSlice how many vectors of a prompt are read between looking after frames
 * @param anchored whether the text in front of the frames is fused with one keyframe, so that what
 *     was read of a history can be kept; see decision 0013
 * @param prefixBytes how many bytes of the device's memory what is kept of histories may take
 * @param keyframeBytes how many bytes of the device's memory keyframes may take that questions were
 *     fused with
 * @param recentFrameBytes how many bytes of the device's memory the frames may take that were encoded
 *     last, for the first question that is fused with them
 * @param maxPicturePixels a picture of more is refused before it is decoded
 * @param maxPictureBytes a picture of more encoded bytes is refused
 * @param allowedUris prefixes of the URIs from which pictures may be fetched
 * @param uriTimeout after so long a picture that is being fetched is given up
 * @param partialInterval how often at most an answer is told of while it is written; zero: with
 *     every token
 * @param hungAfter a piece of work that occupies the device for longer counts as hung
 */
public record EngineConfig(
        String modelDirectory,
        String visionTower,
        String chatTemplate,
        String device,
        PrecisionChoice precision,
        WeightPacking packing,
        int threads,
        int batchFrames,
        Duration batchWait,
        int pictureThreads,
        int answersAtOnce,
        int prefillSlice,
        boolean anchored,
        long prefixBytes,
        long keyframeBytes,
        long recentFrameBytes,
        int maxPicturePixels,
        int maxPictureBytes,
        List<String> allowedUris,
        Duration uriTimeout,
        Duration partialInterval,
        Duration hungAfter)
        implements Serializable {
    /**
     * How many threads one operator may use on this machine. Where it is not said, one core is left to
     * Kafka and Flink; see decision 0033.
     */
    public int threadsHere() {
        return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    }

    /** Returns the same with another model. */
    public EngineConfig withModelDirectory(String other) {
        return with(other, device);
    }

    /** Returns the same on a CUDA device that was granted; a device that is named stays. */
    public EngineConfig granted(OptionalInt gpu) {
        return gpu.isPresent() && device.equals("auto")
                ? with(modelDirectory, "cuda:" + gpu.getAsInt())
                : this;
    }

    private EngineConfig with(String otherModelDirectory, String otherDevice) {
        return new EngineConfig(
                otherModelDirectory,
                visionTower,
                chatTemplate,
                otherDevice,
                precision,
                packing,
                threads,
                batchFrames,
                batchWait,
                pictureThreads,
                answersAtOnce,
                prefillSlice,
                anchored,
                prefixBytes,
                keyframeBytes,
                recentFrameBytes,
                maxPicturePixels,
                maxPictureBytes,
                allowedUris,
                uriTimeout,
                partialInterval,
                hungAfter);
    }

    /** A number format, or the one that suits the device. */
    public enum PrecisionChoice {
        AUTO,
        FLOAT32,
        BFLOAT16;

        /**
         * Reads {@code auto}, {@code float32} or {@code bfloat16}.
         *
         * @throws IllegalArgumentException if the name is none of these
         */
        public static PrecisionChoice parse(String name) {
            return switch (name) {
                case "auto" -> AUTO;
                case "float32" -> FLOAT32;
                case "bfloat16" -> BFLOAT16;
                default ->
                        throw new IllegalArgumentException(
                                "No precision is called '"
                                        + name
                                        + "'; use auto, float32 or bfloat16.");
            };
        }

        /** With {@link #AUTO}: bfloat16 on CUDA, float32 on the CPU. */
        public Precision on(ComputeDevice device) {
            return switch (this) {
                case FLOAT32 -> Precision.FLOAT32;
                case BFLOAT16 -> Precision.BFLOAT16;
                case AUTO -> device.isCuda() ? Precision.BFLOAT16 : Precision.FLOAT32;
            };
        }
    }
}
