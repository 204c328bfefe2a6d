package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import java.util.Optional;

/** A way on which frames become vision tokens. */
interface EncodingRival extends Rival {
    /** What is between picture and token, for the table. */
    String what();

    Precision precision();

    /** How many streams the frames come from, where that is told apart. */
    Optional<Integer> streams();

    /** How many frames are encoded together; where that differs, the mean of what has been measured. */
    Number batch();

    /** How many frames are encoded together at most. */
    int framesAtOnce();

    /** How often, in a run, so many are encoded. */
    int times();

    LibtorchShare libtorch();
}
