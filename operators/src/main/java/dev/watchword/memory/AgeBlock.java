package dev.watchword.memory;

/**
 * Some frames of about the same age, by their numbers. A history is cut into blocks whose sizes are
 * powers of two and that begin at a multiple of their size; a block is the largest that is at least
 * so many times its own size back. So a block only ever grows by joining its neighbour, and of each
 * power of two of ages there are about that many blocks.
 *
 * @param first number of its first frame
 * @param end number behind that of its last frame
 */
record AgeBlock(long first, long end) {
    /**
     * The block in which a frame is.
     *
     * @param seen how many frames the history has seen; more than the number
     * @param perAge how many times its own size a block is back at least, at least 1
     */
    static AgeBlock of(long number, long seen, int perAge) {
        AgeBlock block = new AgeBlock(number, number + 1);
        AgeBlock next = withSize(number, 2);
        while (seen - next.end >= perAge * (next.end - next.first)) {
            block = next;
            next = withSize(number, 2 * (next.end - next.first));
        }
        return block;
    }

    private static AgeBlock withSize(long number, long size) {
        long first = number / size * size;
        return new AgeBlock(first, first + size);
    }
}
