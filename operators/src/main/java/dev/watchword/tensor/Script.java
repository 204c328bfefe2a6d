package dev.watchword.tensor;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled TorchScript module: functions over tensors, without state. It may be called from
 * several threads at once.
 */
public final class Script implements AutoCloseable {
    private final String name;
    private final PtNDManager manager;
    private final PtSymbolBlock module;

    private Script(String name, PtNDManager manager, PtSymbolBlock module) {
        this.name = name;
        this.manager = manager;
        this.module = module;
    }

    /** Compiles {@code src/main/torchscript/NAME.py}. */
    public static Script load(String name, ComputeDevice device) {
        String resource = "/dev/watchword/torchscript/" + name + ".py";
        try (InputStream source = Script.class.getResourceAsStream(resource)) {
            if (source == null) {
                throw new IllegalArgumentException("There is no script " + resource + ".");
            }
            return compile(name, new String(source.readAllBytes(), StandardCharsets.UTF_8), device);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading the script " + resource, e);
        }
    }

    /**
     * Compiles source text.
     *
     * @throws ai.djl.engine.EngineException with libtorch's own message and the line, if the text
     *     does not parse
     */
    public static Script compile(String name, String source, ComputeDevice device) {
        LibTorch.prepareThread();
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device.library(), "PyTorch");
        try {
            ByteArrayInputStream archive = new ByteArrayInputStream(ScriptArchive.of(name, source));
            return new Script(name, manager, JniUtils.loadModule(manager, archive, true, false));
        } catch (IOException e) {
            manager.close();
            throw new UncheckedIOException("Compiling the script " + name, e);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Calls a method that gives one tensor.
     *
     * @param scope owns the result
     * @param arguments a {@link Tensor}, {@link TensorList}, {@code Long} or {@code Integer},
     *     {@code Double}, {@code Boolean} or {@code long[]} for each parameter
     */
    public Tensor call(TensorScope scope, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            return scope.wrap(result.toTensor(scope.manager()));
        }
    }

    /** Calls a method that gives a tuple or a list of tensors. */
    public List<Tensor> callForList(TensorScope scope, String method, Object... arguments) {
        try (IValue result = run(method, arguments)) {
            List<Tensor> tensors = new ArrayList<>();
            for (PtNDArray array : arrays(scope, result)) {
                tensors.add(scope.wrap(array));
            }
            return tensors;
        }
    }

    private static PtNDArray[] arrays(TensorScope scope, IValue result) {
        if (result.isTensorList()) {
            return result.toTensorArray(scope.manager());
        }
        IValue[] parts = result.toIValueTuple();
        PtNDArray[] arrays = new PtNDArray[parts.length];
        for (int i = 0; i < parts.length; i++) {
            arrays[i] = parts[i].toTensor(scope.manager());
            parts[i].close();
        }
        return arrays;
    }

    private IValue run(String method, Object... arguments) {
        LibTorch.prepareThread();
        IValue[] values = new IValue[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = pack(arguments[i]);
            }
            return IValueUtils.runMethod(module, method, values);
        } finally {
            for (int i = 0; i < arguments.length; i++) {
                if (values[i] != null && !(arguments[i] instanceof TensorList)) {
                    values[i].close();
                }
            }
        }
    }

    private static IValue pack(Object argument) {
        if (argument instanceof Tensor tensor) {
            return IValue.from(tensor.array());
        } else if (argument instanceof TensorList list) {
            return list.packed();
        } else if (argument instanceof Long || argument instanceof Integer) {
            return IValue.from(((Number) argument).longValue());
        } else if (argument instanceof Double number) {
            return IValue.from(number);
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag);
        } else if (argument instanceof long[] numbers) {
            return IValue.listFrom(numbers);
        }
        throw new IllegalArgumentException(
                "A script takes no argument of " + argument.getClass().getName() + ".");
    }

    @Override
    public void close() {
        module.close();
        manager.close();
    }

    @Override
    public String toString() {
        return "Script " + name;
    }
}
