package dev.watchword.tensor;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** A tensor in the memory of a device. Freed with its scope, or earlier by {@link #close}. */
public final class Tensor implements AutoCloseable {
    private final PtNDArray array;
    private final TensorScope scope;

    /** The memory outside libtorch that the tensor looks at, where it does. */
    private final Optional<ByteBuffer> memory;

    Tensor(PtNDArray array, TensorScope scope, Optional<ByteBuffer> memory) {
        this.array = array;
        this.scope = scope;
        this.memory = memory;
        memory.ifPresent(scope::keep);
    }

    /** The lengths of the dimensions. */
    public long[] shape() {
        return array.getShape().getShape();
    }

    /** The length of one dimension; negative numbers count from the last. */
    public long size(int dimension) {
        long[] shape = shape();
        return shape[dimension < 0 ? shape.length + dimension : dimension];
    }

    /** How many bytes one of its numbers takes. */
    public int bytesOfNumber() {
        DataType type = array.getDataType();
        // To the library bfloat16, the only type here that it lacks, is unknown and of no size.
        return type == DataType.UNKNOWN ? Precision.BFLOAT16.bytes() : type.getNumOfBytes();
    }

    /** The numbers of a float32 tensor, copied to the heap; waits for the device. */
    public float[] toFloats() {
        require(DataType.FLOAT32);
        return LibTorch.inside(array::toFloatArray);
    }

    /** The numbers of an int64 tensor, copied to the heap; waits for the device. */
    public long[] toLongs() {
        require(DataType.INT64);
        return LibTorch.inside(array::toLongArray);
    }

    /**
     * The numbers of a float32 or bfloat16 tensor as bytes in native order, copied to the heap;
     * waits for the device.
     */
    public byte[] toBytes() {
        if (array.getDataType() == DataType.FLOAT32 || array.getDataType() == DataType.FLOAT16) {
            ByteBuffer buffer = LibTorch.inside(() -> array.toByteBuffer(false));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
        try (Tensor carrier = reinterpretedAs(ElementType.FLOAT16)) {
            return carrier.toBytes();
        }
    }

    /** The same tensor, owned by another scope from now on. */
    public Tensor moveTo(TensorScope other) {
        array.attach(other.manager());
        return new Tensor(array, other, memory);
    }

    /** A view of {@code length} entries of one dimension. */
    public Tensor part(int dimension, long start, long length) {
        return view(basics().call(scope, "part", this, dimension, start, length));
    }

    /** The same numbers under another shape; one dimension may be -1. */
    public Tensor reshape(long... shape) {
        return view(basics().call(scope, "reshape", this, shape));
    }

    /** The tensor seen {@code times} times along a new first dimension; nothing is copied. */
    public Tensor expand(long times) {
        return view(basics().call(scope, "repeated", this, times));
    }

    /** Rounded to a precision. */
    public Tensor cast(Precision precision) {
        return cast(precision.scalarType());
    }

    /** As float32, in which numbers can be read. */
    public Tensor toFloat32() {
        return cast(Precision.FLOAT32.scalarType());
    }

    /** Overwrites the numbers of a float32 tensor. */
    public void set(float[] numbers) {
        array.set(java.nio.FloatBuffer.wrap(numbers));
    }

    /**
     * Sets whether {@link #backward} shall find this tensor's gradient. Only for a tensor that was
     * made from numbers, not computed.
     */
    public void wantGradient(boolean wanted) {
        JniUtils.attachGradient(array, wanted);
    }

    /**
     * Computes how this scalar changes with every tensor that wants its gradient and went into it
     * through {@link Script#callWithGradients}, and adds a share of that to the gradients. Several
     * threads may do so at once.
     */
    public void backward(float share) {
        try (PtNDArray counted = (PtNDArray) array.onesLike().muli(share)) {
            JniUtils.backward(array, counted, false, false);
        }
    }

    /**
     * The gradient that {@link #backward} has added to, not copied: it stays the same tensor.
     *
     * @return empty if nothing was added yet
     */
    public Optional<Tensor> gradient() {
        PtNDArray gradient = JniUtils.getGradient(array);
        return Optional.ofNullable(gradient).map(g -> new Tensor(g, scope, Optional.empty()));
    }

    private Tensor cast(long scalarType) {
        return view(basics().call(scope, "cast", this, scalarType));
    }

    private Script basics() {
        return Basics.of(scope.device());
    }

    Tensor reinterpretedAs(ElementType type) {
        return view(basics().call(scope, "reinterpret", this, type.scalarType()));
    }

    /** A result that may look at the same memory as this tensor. */
    private Tensor view(Tensor result) {
        return new Tensor(result.array, scope, memory);
    }

    private void require(DataType type) {
        if (array.getDataType() != type) {
            throw new IllegalStateException(
                    "A " + array.getDataType() + " tensor cannot be read as " + type + ".");
        }
    }

    PtNDArray array() {
        return array;
    }

    @Override
    public void close() {
        array.close();
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape());
    }
}
