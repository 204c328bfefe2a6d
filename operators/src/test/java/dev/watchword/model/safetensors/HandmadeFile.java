package dev.watchword.model.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files byte by byte, wrong ones too. Their data are the numbers from 1. */
final class HandmadeFile {
    private HandmadeFile() {}

    /** One tensor of a header, in single quotes. */
    static String tensor(String name, String type, String shape, long start, long end) {
        return String.format(
                "'%s':{'dtype':'%s','shape':%s,'data_offsets':[%d,%d]}",
                name, type, shape, start, end);
    }

    /**
     * @param header in single quotes, which become double ones
     */
    static void write(Path path, String header, int dataBytes) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        writeRaw(path, json.length, json, dataBytes);
    }

    static void writeRaw(Path path, long claimedLength, byte[] header, int dataBytes)
            throws IOException {
        ByteBuffer file =
                ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(claimedLength).put(header);
        for (int index = 0; index < dataBytes; index++) {
            file.put((byte) (index + 1));
        }
        Files.write(path, file.array());
    }
}
