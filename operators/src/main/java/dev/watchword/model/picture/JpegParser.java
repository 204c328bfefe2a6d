package dev.watchword.model.picture;

import dev.watchword.model.picture.JpegFile.Colours;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the markers of a JPEG file once, keeps what decoding needs, and notes what it says. */
final class JpegParser {
    private static final int START_OF_IMAGE = 0xD8;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int QUANTIZATION_TABLES = 0xDB;
    private static final int RESTART_INTERVAL = 0xDD;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int APPLICATION_JFIF = 0xE0;
    private static final int APPLICATION_ADOBE = 0xEE;

    /** Encoders use about ten. */
    private static final int MOST_SCANS = 100;

    /** The Adobe marker's last byte: how colours were transformed. */
    private static final int ADOBE_TRANSFORM = 11;

    private static final int NO_ADOBE_MARKER = -1;

    private final byte[] encoded;
    private final ByteArrayOutputStream essential;
    private int position = 2;
    private int scans;
    private long dataBytes;
    private boolean jfif;
    private int adobeTransform = NO_ADOBE_MARKER;
    private int frameHeader = -1;

    JpegParser(byte[] encoded) {
        this.encoded = encoded;
        this.essential = new ByteArrayOutputStream(encoded.length);
    }

    JpegFile parse() throws UndecodablePictureException {
        essential.write(encoded, 0, position);
        for (int marker = nextMarker(); marker != END_OF_IMAGE; marker = nextMarker()) {
            if (!standsAlone(marker)) {
                segment(marker);
            }
        }
        essential.write(0xFF);
        essential.write(END_OF_IMAGE);
        if (frameHeader < 0 || scans == 0) {
            throw damaged("it has no picture in it");
        }
        int components = unsigned(frameHeader + 5);
        return new JpegFile(
                unsignedShort(frameHeader + 3),
                unsignedShort(frameHeader + 1),
                components,
                colours(components),
                scans,
                dataBytes,
                essential.toByteArray());
    }

    /** Leaves the position behind the marker. */
    private int nextMarker() throws UndecodablePictureException {
        if (unsigned(position) != 0xFF) {
            throw damaged("there is no marker at byte " + position);
        }
        while (unsigned(position) == 0xFF) {
            position++;
        }
        return unsigned(position++);
    }

    private void segment(int marker) throws UndecodablePictureException {
        int start = position;
        int length = unsignedShort(start);
        if (length < 2 || length > encoded.length - start) {
            throw cutOff();
        }
        position = start + length;
        if (isFrameHeader(marker)) {
            noteFrame(marker, start, length);
            keep(marker, start);
        } else if (marker == START_OF_SCAN) {
            if (++scans > MOST_SCANS) {
                throw damaged("it has more than " + MOST_SCANS + " scans");
            }
            int data = position;
            skipEntropyCoded();
            dataBytes += position - data;
            keep(marker, start);
        } else if (marker == QUANTIZATION_TABLES
                || marker == HUFFMAN_TABLES
                || marker == RESTART_INTERVAL) {
            keep(marker, start);
        } else if (marker == APPLICATION_JFIF) {
            jfif |= length >= 16 && textAt(start + 2, "JFIF\0");
        } else if (marker == APPLICATION_ADOBE && length >= 14 && textAt(start + 2, "Adobe")) {
            adobeTransform = unsigned(start + 2 + ADOBE_TRANSFORM);
        }
    }

    private void noteFrame(int marker, int start, int length) throws UndecodablePictureException {
        if (marker > 0xC2) {
            throw new UndecodablePictureException(
                    "The picture is a lossless, hierarchical or arithmetically coded JPEG;"
                            + " send a baseline or progressive one");
        }
        if (frameHeader >= 0) {
            throw damaged("it has two frame headers");
        }
        if (length < 8) {
            throw damaged("its frame header is too short");
        }
        frameHeader = start + 2;
        if (unsigned(frameHeader) != 8) {
            throw new UndecodablePictureException(
                    "The picture is a JPEG of "
                            + unsigned(frameHeader)
                            + " bits a sample; send one of 8");
        }
        int components = unsigned(frameHeader + 5);
        if (length != 8 + 3 * components) {
            throw damaged("its frame header has the wrong length");
        }
    }

    /** Entropy-coded bytes end before a marker that is neither stuffing nor a restart. */
    private void skipEntropyCoded() throws UndecodablePictureException {
        while (true) {
            if (unsigned(position) == 0xFF) {
                int next = unsigned(position + 1);
                if (next != 0 && next != 0xFF && !isRestart(next)) {
                    return;
                }
            }
            position++;
        }
    }

    private Colours colours(int components) throws UndecodablePictureException {
        return switch (components) {
            case 1 -> Colours.GRAY;
            case 3 -> isRgb() ? Colours.RGB : Colours.YCC;
            case 4 ->
                    adobeTransform == NO_ADOBE_MARKER || adobeTransform == 0
                            ? Colours.CMYK
                            : Colours.YCCK;
            default -> throw damaged("it has " + components + " colour components");
        };
    }

    /** As libjpeg decides: a JFIF marker, then Adobe's, then the components' names. */
    private boolean isRgb() throws UndecodablePictureException {
        if (jfif) {
            return false;
        }
        if (adobeTransform != NO_ADOBE_MARKER) {
            return adobeTransform == 0;
        }
        return unsigned(frameHeader + 6) == 'R'
                && unsigned(frameHeader + 9) == 'G'
                && unsigned(frameHeader + 12) == 'B';
    }

    private void keep(int marker, int start) {
        essential.write(0xFF);
        essential.write(marker);
        essential.write(encoded, start, position - start);
    }

    private boolean textAt(int start, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.equals(encoded, start, start + bytes.length, bytes, 0, bytes.length);
    }

    private static boolean isFrameHeader(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker % 4 != 0 || marker == 0xC0;
    }

    private boolean standsAlone(int marker) throws UndecodablePictureException {
        if (marker == START_OF_IMAGE) {
            throw damaged("a second picture starts inside it");
        }
        return marker == 0x01 || isRestart(marker);
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private int unsigned(int at) throws UndecodablePictureException {
        if (at >= encoded.length) {
            throw cutOff();
        }
        return encoded[at] & 0xFF;
    }

    private int unsignedShort(int at) throws UndecodablePictureException {
        return unsigned(at) << 8 | unsigned(at + 1);
    }

    private static UndecodablePictureException cutOff() {
        return new UndecodablePictureException(
                "The JPEG is cut off: its end marker is missing; send it whole");
    }

    private static UndecodablePictureException damaged(String problem) {
        return new UndecodablePictureException(
                "The JPEG is damaged: " + problem + "; send it anew");
    }
}
