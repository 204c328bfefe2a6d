package dev.watchword.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Owns tensors: closing it frees all that are still in it. What is computed in a step belongs to a
 * scope of that step; what must outlive it is moved out with {@link Tensor#moveTo}.
 *
 * <p>A scope may be used from one thread at a time.
 */
public final class TensorScope implements AutoCloseable {
    private final PtNDManager manager;
    private final ComputeDevice device;

    /** The memory outside libtorch that tensors of this scope look at; kept reachable with it. */
    private final Set<ByteBuffer> memory = Collections.newSetFromMap(new IdentityHashMap<>());

    private TensorScope(PtNDManager manager, ComputeDevice device) {
        this.manager = manager;
        this.device = device;
    }

    /** A scope of its own on a device. */
    public static TensorScope open(ComputeDevice device) {
        LibTorch.prepareThread();
        return new TensorScope(
                (PtNDManager) NDManager.newBaseManager(device.library(), "PyTorch"), device);
    }

    /** A scope that ends with this one, or before. */
    public TensorScope child() {
        return new TensorScope((PtNDManager) manager.newSubManager(), device);
    }

    /** A scope that ends with the one above this one, or before. */
    public TensorScope sibling() {
        return new TensorScope((PtNDManager) manager.getParentManager().newSubManager(), device);
    }

    /** Where this scope's tensors are. */
    public ComputeDevice device() {
        return device;
    }

    /** A float32 tensor with a copy of the numbers, the last dimension running fastest. */
    public Tensor floats(float[] numbers, long... shape) {
        return wrap(manager.create(FloatBuffer.wrap(numbers), new Shape(shape), DataType.FLOAT32));
    }

    /** An int64 tensor with a copy of the numbers. */
    public Tensor longs(long[] numbers, long... shape) {
        return wrap(manager.create(LongBuffer.wrap(numbers), new Shape(shape), DataType.INT64));
    }

    /** A tensor of unsigned bytes, with a copy of them. */
    public Tensor octets(byte[] numbers, long... shape) {
        ByteBuffer direct = ByteBuffer.allocateDirect(numbers.length);
        direct.put(numbers).flip();
        return wrap(manager.create(direct, new Shape(shape), DataType.UINT8));
    }

    /**
     * A tensor over bytes in native order. On the CPU a direct buffer is not copied: it must stay
     * unchanged while the tensor lives, and is kept reachable with it.
     *
     * @param bytes from position 0 to the limit; must be exactly as long as the shape asks
     */
    public Tensor bytes(ByteBuffer bytes, ElementType type, long... shape) {
        ByteBuffer view = bytes.slice().order(ByteOrder.nativeOrder());
        PtNDArray array = manager.create(view, new Shape(shape), type.carrier());
        Tensor carrier = new Tensor(array, this, Optional.of(view));
        return type.carrierIsExact() ? carrier : carrier.reinterpretedAs(type);
    }

    /** A tensor over a copy of bytes that {@link Tensor#toBytes} gave. */
    public Tensor bytes(byte[] bytes, Precision precision, long... shape) {
        return bytes(List.of(bytes), precision, shape);
    }

    /** A tensor over copies of bytes that {@link Tensor#toBytes} gave, one after the other. */
    public Tensor bytes(List<byte[]> parts, Precision precision, long... shape) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        parts.forEach(direct::put);
        direct.flip();
        return bytes(direct, ElementType.of(precision), shape);
    }

    /** Tensors one after the other along a dimension. */
    public Tensor join(List<Tensor> parts, int dimension) {
        try (TensorList list = new TensorList(parts)) {
            return Basics.of(device).call(this, "join", list, dimension);
        }
    }

    Tensor wrap(Object array) {
        return new Tensor((PtNDArray) array, this, Optional.empty());
    }

    void keep(ByteBuffer used) {
        memory.add(used);
    }

    PtNDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
        memory.clear();
    }
}
