package dev.watchword.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
    /** More numbers than any machine can give addresses to. */
    private static final long FAR_TOO_MANY = 1L << 50;

    private static final String SOURCE =
            """
            def zeros(self, like: Tensor, count: int) -> Tensor:
                return torch.zeros([count], device=like.device)
            """;

    @Test
    void knowsWhatLibTorchSaysWhenThereIsNoMemory() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.compile("memory", SOURCE, ComputeDevice.CPU)) {
            Tensor any = scope.floats(new float[] {1}, 1);
            assertThat(script.call(scope, "zeros", any, 2L).toFloats()).containsExactly(0, 0);

            Throwable thrown = catchThrowable(() -> script.call(scope, "zeros", any, FAR_TOO_MANY));

            assertThat(thrown).isNotNull();
            assertThat(DeviceMemory.isExhausted(thrown)).as("%s", thrown).isTrue();
        }
    }

    @Test
    void knowsWhatCudaAndItsLibrariesSay() {
        for (String message :
                List.of(
                        "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total ...",
                        "CUDA error: out of memory",
                        "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate`",
                        "cuDNN error: CUDNN_STATUS_ALLOC_FAILED")) {
            assertThat(DeviceMemory.isExhausted(wrapped(message))).as(message).isTrue();
        }
        assertThat(DeviceMemory.isExhausted(wrapped("CUDA error: an illegal memory access")))
                .isFalse();
        assertThat(DeviceMemory.isExhausted(new NullPointerException())).isFalse();
    }

    private static Throwable wrapped(String message) {
        return new IllegalStateException("A step failed", new RuntimeException(message));
    }
}
