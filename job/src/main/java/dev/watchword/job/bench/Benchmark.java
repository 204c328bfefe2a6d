package dev.watchword.job.bench;

import java.util.List;

/** Some rivals, and what is printed of them. */
public interface Benchmark extends AutoCloseable {
    /** What is measured, on what, and how, in a few lines for the reader of the table. */
    List<String> description();

    /** What is measured in turn. */
    List<Rival> rivals();

    /** What has been measured so far; a rival that has not been has no row. */
    Table table(Samples samples);

    /** What is drawn of the table. */
    TablePlot plot();

    @Override
    void close();
}
