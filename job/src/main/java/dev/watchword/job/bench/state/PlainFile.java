package dev.watchword.job.bench.state;

import dev.watchword.job.retry.Timekeeper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * How long so many bytes take on this disk as one plain file, with no more of an effort than Flink
 * makes: writing does not wait until they are safe, and what is read was written a moment ago.
 *
 * @param writeSeconds until the operating system has taken them
 * @param forceSeconds until they are safe on the disk too
 * @param readSeconds until they have been read again
 */
record PlainFile(double writeSeconds, double forceSeconds, double readSeconds) {
    private static final int BLOCK = 1 << 20;

    static PlainFile measure(Path directory, long bytes, Timekeeper timekeeper) throws IOException {
        byte[] block = new byte[BLOCK];
        new SplittableRandom(1).nextBytes(block);
        Path file = Files.createTempFile(directory, "plain", ".bin");
        try {
            long start = timekeeper.nanoTime();
            long written;
            long forced;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                write(channel, ByteBuffer.wrap(block), bytes);
                written = timekeeper.nanoTime();
                channel.force(true);
                forced = timekeeper.nanoTime();
            }
            long before = timekeeper.nanoTime();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                readAll(channel, ByteBuffer.wrap(block));
            }
            long read = timekeeper.nanoTime();
            return new PlainFile(
                    (written - start) / 1e9, (forced - start) / 1e9, (read - before) / 1e9);
        } finally {
            Files.delete(file);
        }
    }

    private static void write(FileChannel channel, ByteBuffer block, long bytes)
            throws IOException {
        long left = bytes;
        while (left > 0) {
            block.clear().limit((int) Math.min(left, BLOCK));
            left -= channel.write(block);
        }
    }

    private static void readAll(FileChannel channel, ByteBuffer block) throws IOException {
        while (channel.read(block.clear()) >= 0) {
            // What is read is not looked at.
        }
    }
}
