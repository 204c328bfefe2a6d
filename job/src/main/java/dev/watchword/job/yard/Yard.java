package dev.watchword.job.yard;

import java.util.List;

/**
 * What happens in a yard, from second 0 on: the truth about its pictures. One picture is taken each
 * second.
 */
public interface Yard {
    /** How many seconds there are, and pictures. */
    int seconds();

    /** Everything that was in the yard, in the order of coming; ids are the indexes in this list. */
    List<Visit> visits();

    /** What is to be seen at a second, from 0 up to {@link #seconds}. */
    Moment at(int second);
}
