package dev.watchword.engine;

import java.util.List;

/** Encodes preprocessed pictures on the device. For the device's thread. */
@FunctionalInterface
public interface FrameEncoder {
    /** The pictures' tokens and features, in their order. Blocks until the device is done. */
    List<EncodedPicture> encode(List<float[]> pictures);
}
