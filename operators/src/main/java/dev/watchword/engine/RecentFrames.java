package dev.watchword.engine;

import dev.watchword.model.LlavaMini;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The frames that were encoded last, as pre-fusion left them. The first question that is fused with one
 * of them finds its keys and values here, and they are not made twice. When a frame is encoded nobody
 * knows its name yet, so it is found by its features.
 *
 * <p>Kept by the batch, as they were encoded, so that keeping costs no copy. Bounded in bytes of the
 * device's memory; the oldest batch goes first. For the device's thread, where nothing else is said.
 */
final class RecentFrames implements AutoCloseable {
    private final LlavaMini network;
    private final long mostBytes;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final Map<Features, Place> places = new HashMap<>();
    private volatile long bytes;

    private record Batch(OwnedFrames frames, List<Features> features) {}

    private record Place(OwnedFrames batch, int index) {}

    /** Features by what they are. Of a megabyte a checksum is made far sooner than a hash code. */
    private record Features(byte[] bytes, long checksum) {
        static Features of(byte[] bytes) {
            CRC32C checksum = new CRC32C();
            checksum.update(bytes);
            return new Features(bytes, checksum.getValue());
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Features features
                    && checksum == features.checksum
                    && Arrays.equals(bytes, features.bytes);
        }

        @Override
        public int hashCode() {
            return (int) checksum;
        }
    }

    /**
     * @param mostBytes of the device's memory; a batch of more is not kept
     */
    RecentFrames(LlavaMini network, long mostBytes) {
        this.network = network;
        this.mostBytes = mostBytes;
    }

    /**
     * Keeps a batch, or closes it if it is too large.
     *
     * @param batch belongs to this from now on
     * @param features of each of its frames; not to be changed
     */
    void keep(OwnedFrames batch, List<byte[]> features) {
        if (batch.bytes() > mostBytes) {
            batch.close();
            return;
        }
        List<Features> own = features.stream().map(Features::of).toList();
        batches.add(new Batch(batch, own));
        for (int i = 0; i < own.size(); i++) {
            places.put(own.get(i), new Place(batch, i));
        }
        bytes += batch.bytes();
        while (bytes > mostBytes) {
            dropOldest();
        }
    }

    /** A copy of the frame with these features, if it is kept. */
    Optional<OwnedFrames> find(byte[] features) {
        if (places.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(places.get(Features.of(features)))
                .map(at -> OwnedFrames.copy(network, at.batch().frames(), at.index()));
    }

    private void dropOldest() {
        Batch oldest = batches.remove();
        for (Features each : oldest.features()) {
            // Of two frames with the same features the later one is there.
            if (places.containsKey(each) && places.get(each).batch() == oldest.frames()) {
                places.remove(each);
            }
        }
        bytes -= oldest.frames().bytes();
        oldest.frames().close();
    }

    /** Drops all. */
    void dropAll() {
        while (!batches.isEmpty()) {
            dropOldest();
        }
    }

    /** How many bytes of the device's memory are kept. For any thread. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        dropAll();
    }
}
