package dev.watchword.tensor;

import java.util.regex.Pattern;

/** What a device says when it has no memory for what is wanted of it. */
public final class DeviceMemory {
    /** Of CUDA's allocator, of the libraries that it comes with, and of the processor's. */
    private static final Pattern EXHAUSTED =
            Pattern.compile(
                    "out of memory|can't allocate memory|_STATUS_ALLOC_FAILED",
                    Pattern.CASE_INSENSITIVE);

    private DeviceMemory() {}

    /** Whether a computation failed for want of memory; libtorch tells it by its message alone. */
    public static boolean isExhausted(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getMessage() != null && EXHAUSTED.matcher(each.getMessage()).find()) {
                return true;
            }
        }
        return false;
    }
}
