package dev.watchword.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source text as the archive that libtorch loads: a zip, not compressed, with the
 * source of one class, and two small pickles for an object of that class without attributes.
 */
final class ScriptArchive {
    private static final Pattern SELF = Pattern.compile("(?m)^(\\s*def \\w+\\()self\\b");

    /** The format's version: with 3 the operators have old signatures, 11 is not known yet. */
    private static final String VERSION = "10\n";

    private ScriptArchive() {}

    /**
     * @param name shown in libtorch's error messages
     * @param source methods at the left margin, {@code def name(self, x: Tensor) -> Tensor:}
     */
    static byte[] of(String name, String source) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, name + "/data.pkl", module());
            add(zip, name + "/code/__torch__.py", moduleClass(source));
            add(zip, name + "/constants.pkl", emptyTuple());
            add(zip, name + "/version", VERSION.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    private static byte[] moduleClass(String source) {
        String typed = SELF.matcher(source).replaceAll("$1self: __torch__.Module_");
        return ("class Module_(Module):\n"
                        + "  __parameters__ = []\n"
                        + "  __buffers__ = []\n"
                        + "  training : bool\n"
                        + typed.indent(2))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The pickle of {@code Module_()} with {@code training = False}. */
    private static byte[] module() throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2}); // PROTO 2
        pickle.write("c__torch__\nModule_\n".getBytes(StandardCharsets.US_ASCII)); // GLOBAL
        pickle.write(new byte[] {')', (byte) 0x81}); // EMPTY_TUPLE NEWOBJ
        pickle.write(new byte[] {'}', '('}); // EMPTY_DICT MARK
        pickle.write(new byte[] {'X', 8, 0, 0, 0}); // BINUNICODE of 8 bytes
        pickle.write("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {(byte) 0x89, 'u', 'b', '.'}); // NEWFALSE SETITEMS BUILD STOP
        return pickle.toByteArray();
    }

    private static byte[] emptyTuple() {
        return new byte[] {(byte) 0x80, 2, ')', '.'}; // PROTO 2 EMPTY_TUPLE STOP
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
