package dev.watchword.model;

import dev.watchword.model.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names a model so that what another model remembered can be told apart from what it remembers. The
 * bytes of every tensor are sampled, not read: models of one family differ in all of them.
 */
final class ModelId {
    private static final int SAMPLE_BYTES = 256;
    private static final int DIGITS = 12;

    private ModelId() {}

    static String of(Path directory, List<Path> settings, List<Weights> weights) {
        MessageDigest digest = sha256();
        settings.forEach(file -> digest.update(ModelFiles.read(file)));
        weights.forEach(tensors -> update(digest, tensors));
        String hash = HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        return directory.getFileName() + "-" + hash;
    }

    private static void update(MessageDigest digest, Weights weights) {
        SortedMap<String, byte[]> samples = new TreeMap<>();
        for (Path shard : weights.shards()) {
            try (FileChannel channel = FileChannel.open(shard)) {
                for (Weights.Located tensor : weights.tensors().values()) {
                    if (tensor.file().equals(shard)) {
                        samples.put(tensor.entry().name(), sample(channel, tensor.entry()));
                    }
                }
            } catch (IOException e) {
                throw new ModelFileException(shard, "cannot be read: " + e.getMessage(), e);
            }
        }
        samples.values().forEach(digest::update);
    }

    /** What the tensor is, and some bytes of its beginning and of its middle. */
    private static byte[] sample(FileChannel channel, TensorEntry tensor) throws IOException {
        byte[] description =
                (tensor.name() + tensor.type() + tensor.shape()).getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(SAMPLE_BYTES, tensor.byteLength());
        ByteBuffer sample = ByteBuffer.allocate(description.length + 2 * length).put(description);
        read(channel, tensor.offset(), sample, length);
        read(channel, tensor.offset() + (tensor.byteLength() - length) / 2, sample, length);
        return sample.array();
    }

    private static void read(FileChannel channel, long start, ByteBuffer into, int length)
            throws IOException {
        long position = start;
        into.limit(into.position() + length);
        while (into.hasRemaining()) {
            int read = channel.read(into, position);
            if (read < 0) {
                throw new IOException("it became shorter while it was read");
            }
            position += read;
        }
        into.limit(into.capacity());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
