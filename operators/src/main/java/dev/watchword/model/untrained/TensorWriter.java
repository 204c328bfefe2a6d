package dev.watchword.model.untrained;

import dev.watchword.model.safetensors.StoredType;
import dev.watchword.model.safetensors.TensorSource;
import dev.watchword.model.untrained.Initialisation.Constant;
import dev.watchword.model.untrained.Initialisation.Normal;
import dev.watchword.model.untrained.Initialisation.Positions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;

/**
 * Writes the values of one tensor piece by piece, so that a tensor of any size takes little memory.
 *
 * @param seed the same seed and name give the same values, whatever the type and the file. A vision
 *     tower's names count as if it had a directory of its own
 */
record TensorWriter(TensorPlan plan, StoredType type, long seed) implements TensorSource {
    private static final int PIECE = 1 << 16;

    /** Gives the next value; called once for each, in order. */
    private interface Values {
        float next();
    }

    @Override
    public void writeTo(WritableByteChannel file) throws IOException {
        Values values = values();
        ByteBuffer piece =
                ByteBuffer.allocateDirect(PIECE * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long left = plan.elements();
        while (left > 0) {
            int count = (int) Math.min(left, PIECE);
            piece.clear();
            put(values, count, piece);
            piece.flip();
            while (piece.hasRemaining()) {
                file.write(piece);
            }
            left -= count;
        }
    }

    private void put(Values values, int count, ByteBuffer piece) {
        switch (type) {
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    piece.putFloat(values.next());
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    piece.putShort(SixteenBits.float16(values.next()));
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    piece.putShort(SixteenBits.bfloat16(values.next()));
                }
            }
            default -> throw new IllegalStateException("Not a type for weights: " + type);
        }
    }

    private String ownName() {
        String name = plan.name();
        return name.startsWith(NetworkPlan.INSIDE)
                ? name.substring(NetworkPlan.INSIDE.length())
                : name;
    }

    private Values values() {
        Initialisation initialisation = plan.initialisation();
        if (initialisation instanceof Constant constant) {
            return constant::value;
        }
        if (initialisation instanceof Normal normal) {
            RandomNumbers numbers = new RandomNumbers(seed, ownName());
            float deviation = (float) normal.deviation();
            return () -> deviation * numbers.nextNormal();
        }
        return new PositionTable((Positions) initialisation)::next;
    }
}
