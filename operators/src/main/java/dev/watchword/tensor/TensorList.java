package dev.watchword.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * Tensors that are passed to scripts together and often, as a layer's weights: packed once, instead
 * of at every call. The list does not own its tensors; they must live as long as it is used.
 */
public final class TensorList implements AutoCloseable {
    private final List<Tensor> tensors;
    private final IValue packed;

    /** Packs tensors. */
    public TensorList(List<Tensor> tensors) {
        this.tensors = List.copyOf(tensors);
        LibTorch.prepareThread();
        this.packed =
                IValue.listFrom(this.tensors.stream().map(Tensor::array).toArray(PtNDArray[]::new));
    }

    /** The tensors, in their order. */
    public List<Tensor> tensors() {
        return tensors;
    }

    IValue packed() {
        return packed;
    }

    @Override
    public void close() {
        packed.close();
    }
}
