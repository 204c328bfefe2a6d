package dev.watchword.fuzz;

import java.util.List;

/** A part of the product that reads what somebody else wrote. */
interface Target {
    /**
     * Lets the part read bytes.
     *
     * @return true if it took them; false if it refused them in the way that its contract says
     * @throws Exception of any kind that its contract does not name: then the part is broken
     */
    boolean takes(byte[] input) throws Exception;

    /** Inputs that it takes. */
    List<byte[]> seeds();

    /** What changes such inputs, knowing how they are made. */
    List<Mutation> mutations();

    /** The most bytes of memory that reading one mutated seed may take. */
    long mostBytes();
}
