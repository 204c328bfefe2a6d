package dev.watchword.model.untrained;

/**
 * Gives the compressor's table of positions value by value: for each cell of the grid, row by row,
 * the sines and cosines of its column in the first half of the width, and those of its row in the
 * second.
 */
final class PositionTable {
    private static final double BASE = 10_000;

    private final int grid;
    private final int width;
    private long given;

    PositionTable(Initialisation.Positions positions) {
        this.grid = positions.grid();
        this.width = positions.width();
    }

    float next() {
        int cell = (int) (given / width);
        int feature = (int) (given % width);
        given++;
        int half = width / 2;
        int quarter = width / 4;
        int position = feature < half ? cell % grid : cell / grid;
        int within = feature % half;
        double angle = position / Math.pow(BASE, (within % quarter) / (double) quarter);
        return (float) (within < quarter ? Math.sin(angle) : Math.cos(angle));
    }
}
