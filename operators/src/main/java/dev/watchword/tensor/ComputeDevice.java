package dev.watchword.tensor;

import ai.djl.Device;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where tensors live and are computed: the CPU, or one CUDA device.
 *
 * @param cudaIndex the CUDA device's number, or -1 for the CPU
 */
public record ComputeDevice(int cudaIndex) {
    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /** The CPU. */
    public static final ComputeDevice CPU = new ComputeDevice(-1);

    /** The first CUDA device where there is one, else the CPU. */
    public static ComputeDevice best() {
        return cudaDevices() > 0 ? new ComputeDevice(0) : CPU;
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}.
     *
     * @throws IllegalArgumentException if the name is none of these, or this machine has no such
     *     device
     */
    public static ComputeDevice parse(String name) {
        String lower = name.trim().toLowerCase(Locale.ROOT);
        if (lower.equals("auto")) {
            return best();
        }
        if (lower.equals("cpu")) {
            return CPU;
        }
        Matcher cuda = CUDA.matcher(lower);
        if (!cuda.matches()) {
            throw new IllegalArgumentException(
                    "No device is called '" + name + "'; use auto, cpu, cuda or cuda:N.");
        }
        int index = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
        int devices = cudaDevices();
        if (index >= devices) {
            throw new IllegalArgumentException(
                    "There is no device cuda:"
                            + index
                            + ": libtorch sees "
                            + devices
                            + " CUDA devices here. Use cpu, or install libtorch's CUDA flavour.");
        }
        return new ComputeDevice(index);
    }

    private static int cudaDevices() {
        return LibTorch.engine().getGpuCount();
    }

    /** Whether this is a CUDA device. */
    public boolean isCuda() {
        return cudaIndex >= 0;
    }

    Device library() {
        return isCuda() ? Device.gpu(cudaIndex) : Device.cpu();
    }

    @Override
    public String toString() {
        return isCuda() ? "cuda:" + cudaIndex : "cpu";
    }
}
