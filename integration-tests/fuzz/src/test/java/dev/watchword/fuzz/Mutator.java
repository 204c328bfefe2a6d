package dev.watchword.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes hostile inputs of good ones: the same ones for the same seed and round. */
public final class Mutator {
    private static final int MOST_CHANGES = 4;

    private final List<byte[]> seeds;
    private final List<Mutation> mutations;
    private final long seed;

    Mutator(Target target, long seed) {
        this(target.seeds(), target.mutations(), seed);
    }

    private Mutator(List<byte[]> seeds, List<Mutation> mutations, long seed) {
        this.seeds = seeds;
        this.mutations = new ArrayList<>(mutations);
        this.mutations.addAll(ByteMutations.ALL);
        this.mutations.add((input, random) -> ByteMutations.splice(input, oneOf(random), random));
        this.seed = seed;
    }

    /** One that changes values of topics. */
    public static Mutator ofRecords(List<byte[]> values, long seed) {
        return new Mutator(values, RecordTarget.MUTATIONS, seed);
    }

    /** The input of a round. */
    public byte[] input(int round) {
        Random random = new Random(seed * 1_000_003 + round);
        byte[] input = oneOf(random);
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            input = mutations.get(random.nextInt(mutations.size())).apply(input, random);
        }
        return input;
    }

    private byte[] oneOf(Random random) {
        return seeds.get(random.nextInt(seeds.size()));
    }
}
