package dev.watchword.engine;

import dev.watchword.tensor.DeviceMemory;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the device has no memory for a batch, what is only kept makes room, and the batch is encoded
 * in halves, down to single pictures.
 */
final class SplittingEncoder implements FrameEncoder {
    private static final Logger LOG = LoggerFactory.getLogger(SplittingEncoder.class);

    private final FrameEncoder device;
    private final Runnable makeRoom;

    /**
     * @param makeRoom frees memory of the device
     */
    SplittingEncoder(FrameEncoder device, Runnable makeRoom) {
        this.device = device;
        this.makeRoom = makeRoom;
    }

    /**
     * {@inheritDoc}
     *
     * @throws DeviceMemoryException if there is no memory for one picture
     */
    @Override
    public List<EncodedPicture> encode(List<float[]> pictures) {
        try {
            return device.encode(pictures);
        } catch (RuntimeException e) {
            if (!DeviceMemory.isExhausted(e)) {
                throw e;
            }
            LOG.warn("The device has no memory for a batch of {} frames", pictures.size(), e);
        }
        makeRoom.run();
        return pictures.size() == 1 ? alone(pictures) : halves(pictures);
    }

    private List<EncodedPicture> alone(List<float[]> picture) {
        try {
            return device.encode(picture);
        } catch (RuntimeException e) {
            throw DeviceMemory.isExhausted(e) ? new DeviceMemoryException("a frame", e) : e;
        }
    }

    private List<EncodedPicture> halves(List<float[]> pictures) {
        int middle = pictures.size() / 2;
        List<EncodedPicture> encoded = new ArrayList<>(encode(pictures.subList(0, middle)));
        encoded.addAll(encode(pictures.subList(middle, pictures.size())));
        return encoded;
    }
}
