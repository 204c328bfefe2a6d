package dev.watchword.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Changes of a PNG's chunks, with right checksums; what is no PNG stays as it is. */
final class PngMutations {
    static final List<Mutation> ALL =
            List.of(
                    PngMutations::changeLength,
                    PngMutations::changeHeader,
                    PngMutations::changeContent,
                    PngMutations::addChunk,
                    PngMutations::repeatChunk,
                    PngMutations::removeChunk);

    private static final int SIGNATURE = 8;
    private static final int AROUND_DATA = 12;

    private static final List<String> TYPES =
            List.of("tEXt", "zTXt", "iTXt", "iCCP", "PLTE", "IDAT", "IEND", "IHDR", "tRNS", "fdAT");

    private PngMutations() {}

    /**
     * @param start where its length is
     * @param length of its data
     */
    private record Chunk(int start, int length) {
        int data() {
            return start + 8;
        }

        int end() {
            return start + AROUND_DATA + length;
        }
    }

    private static List<Chunk> chunks(byte[] png) {
        List<Chunk> chunks = new ArrayList<>();
        int at = SIGNATURE;
        while (at + AROUND_DATA <= png.length && png[0] == (byte) 0x89 && png[1] == 'P') {
            int length = ByteBuffer.wrap(png).getInt(at);
            if (length < 0 || length > png.length - at - AROUND_DATA) {
                break;
            }
            chunks.add(new Chunk(at, length));
            at += AROUND_DATA + length;
        }
        return chunks;
    }

    private static byte[] changeLength(byte[] input, Random random) {
        List<Chunk> chunks = chunks(input);
        if (chunks.isEmpty()) {
            return input;
        }
        byte[] changed = input.clone();
        ByteBuffer.wrap(changed)
                .putInt(one(chunks, random).start, (int) ByteMutations.interesting(random));
        return changed;
    }

    private static byte[] changeHeader(byte[] input, Random random) {
        List<Chunk> chunks = chunks(input);
        if (chunks.isEmpty() || chunks.get(0).length != 13) {
            return input;
        }
        byte[] changed = input.clone();
        int data = chunks.get(0).data();
        if (random.nextBoolean()) {
            int value =
                    random.nextBoolean()
                            ? (int) ByteMutations.interesting(random)
                            : random.nextInt(300);
            ByteBuffer.wrap(changed).putInt(data + 4 * random.nextInt(2), value);
        } else {
            changed[data + 8 + random.nextInt(5)] = (byte) random.nextInt(17);
        }
        return renewed(changed);
    }

    private static byte[] changeContent(byte[] input, Random random) {
        List<Chunk> chunks = chunks(input);
        if (chunks.isEmpty()) {
            return input;
        }
        Chunk chunk = one(chunks, random);
        byte[] changed = input.clone();
        if (chunk.length > 0) {
            changed[chunk.data() + random.nextInt(chunk.length)] = (byte) random.nextInt();
        }
        return renewed(changed);
    }

    private static byte[] addChunk(byte[] input, Random random) {
        List<Chunk> chunks = chunks(input);
        if (chunks.isEmpty()) {
            return input;
        }
        byte[] data =
                random.nextBoolean()
                        ? deflated(new byte[1 + random.nextInt(50_000)])
                        : new byte[random.nextInt(1_000)];
        ByteBuffer chunk = ByteBuffer.allocate(AROUND_DATA + data.length);
        chunk.putInt(data.length)
                .put(TYPES.get(random.nextInt(TYPES.size())).getBytes(StandardCharsets.US_ASCII))
                .put(data);
        int at = one(chunks, random).start;
        return renewed(ByteMutations.replace(input, at, at, chunk.array()));
    }

    private static byte[] repeatChunk(byte[] input, Random random) {
        List<Chunk> chunks = chunks(input);
        if (chunks.isEmpty()) {
            return input;
        }
        Chunk chunk = one(chunks, random);
        byte[] bytes = Arrays.copyOfRange(input, chunk.start, chunk.end());
        int at = one(chunks, random).start;
        byte[] changed = input;
        for (int times = 1 + random.nextInt(50); times > 0 && changed.length < 60_000; times--) {
            changed = ByteMutations.replace(changed, at, at, bytes);
        }
        return changed;
    }

    private static byte[] removeChunk(byte[] input, Random random) {
        List<Chunk> chunks = chunks(input);
        if (chunks.isEmpty()) {
            return input;
        }
        Chunk chunk = one(chunks, random);
        return ByteMutations.replace(input, chunk.start, chunk.end(), new byte[0]);
    }

    private static Chunk one(List<Chunk> chunks, Random random) {
        return chunks.get(random.nextInt(chunks.size()));
    }

    private static byte[] renewed(byte[] png) {
        for (Chunk chunk : chunks(png)) {
            CRC32 checksum = new CRC32();
            checksum.update(png, chunk.start + 4, 4 + chunk.length);
            ByteBuffer.wrap(png).putInt(chunk.data() + chunk.length, (int) checksum.getValue());
        }
        return png;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater();
        deflater.setInput(plain);
        deflater.finish();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[4_096];
        while (!deflater.finished()) {
            bytes.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return bytes.toByteArray();
    }
}
