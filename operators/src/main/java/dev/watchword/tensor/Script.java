package dev.watchword.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
import java.util.stream.Collectors;

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
        return compile(name, source(name), device);
    }

    /**
     * Compiles several of {@code src/main/torchscript} as one module, in which the methods of one
     * may call those of another.
     */
    public static Script loadTogether(List<String> names, ComputeDevice device) {
        String together = names.stream().map(Script::source).collect(Collectors.joining("\n"));
        return compile(names.get(names.size() - 1), together, device);
    }

    private static String source(String name) {
        String resource = "/dev/watchword/torchscript/" + name + ".py";
        try (InputStream source = Script.class.getResourceAsStream(resource)) {
            if (source == null) {
                throw new IllegalArgumentException("There is no script " + resource + ".");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
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

    /**
     * Calls a method that gives a list of tensors, and records what it did, so that {@link
     * Tensor#backward} finds the gradients of the weights that want them.
     *
     * @param scope owns the results
     * @param arguments a list of tensors for each parameter, which must be of the type {@code
     *     List[Tensor]}; none may be empty, and no tensor may stand in two
     */
    public List<Tensor> callWithGradients(
            TensorScope scope, String method, List<List<Tensor>> arguments) {
        LibTorch.prepareThread();
        // DJL tells lists and the method's name by the names of the arrays.
        try (NDArray named = scope.manager().create(0f)) {
            named.setName("module_method:" + method);
            NDList inputs = new NDList();
            for (int i = 0; i < arguments.size(); i++) {
                for (Tensor tensor : arguments.get(i)) {
                    tensor.array().setName("argument" + i + "[]");
                    inputs.add(tensor.array());
                }
            }
            inputs.add(named);
            JniUtils.setGradMode(true);
            List<Tensor> results = new ArrayList<>();
            for (NDArray result :
                    LibTorch.inside(() -> IValueUtils.forward(module, inputs, true))) {
                result.attach(scope.manager());
                results.add(scope.wrap(result));
            }
            return results;
        } finally {
            JniUtils.setGradMode(false);
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
            return LibTorch.inside(() -> IValueUtils.runMethod(module, method, values));
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
