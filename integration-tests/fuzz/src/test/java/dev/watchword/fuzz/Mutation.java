package dev.watchword.fuzz;

import java.util.Random;

/** Changes an input; the input itself stays as it is. */
@FunctionalInterface
interface Mutation {
    byte[] apply(byte[] input, Random random);
}
