package dev.watchword.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {
    private static final String SOURCE =
            """
            # A comment.
            def halves(self, x: Tensor, flip: bool) -> Tuple[Tensor, Tensor]:
                first, second = x.chunk(2)
                return (second, first) if flip else (first, second)

            def scaled(self, parts: List[Tensor], by: float, times: int) -> Tensor:
                x = torch.cat(parts)
                for i in range(times):
                    x = self.times(x, by)
                return x

            def times(self, x: Tensor, by: float) -> Tensor:
                return x * by

            def like(self, shape: List[int]) -> List[Tensor]:
                return [torch.zeros(shape), torch.ones(shape)]
            """;

    @Test
    void callsMethodsWithEveryKindOfArgument() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.compile("test", SOURCE, ComputeDevice.CPU);
                TensorList list =
                        new TensorList(
                                List.of(
                                        scope.floats(new float[] {1, 2}, 2),
                                        scope.floats(new float[] {3, 4}, 2)))) {
            Tensor scaled = script.call(scope, "scaled", list, 0.5, 3);
            List<Tensor> halves = script.callForList(scope, "halves", scaled, true);
            List<Tensor> like = script.callForList(scope, "like", new long[] {2, 1});

            assertThat(scaled.toFloats()).containsExactly(0.125f, 0.25f, 0.375f, 0.5f);
            assertThat(halves.get(0).toFloats()).containsExactly(0.375f, 0.5f);
            assertThat(halves.get(1).toFloats()).containsExactly(0.125f, 0.25f);
            assertThat(like.get(1).shape()).containsExactly(2, 1);
        }
    }

    @Test
    void theTimeInsideLibtorchGrowsWithEveryCall() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.compile("test", SOURCE, ComputeDevice.CPU)) {
            Duration before = LibTorch.timeInside();
            Tensor halved = script.call(scope, "times", scope.floats(new float[] {1}, 1), 0.5);
            Duration computed = LibTorch.timeInside();
            halved.toFloats();

            assertThat(computed).isGreaterThan(before);
            assertThat(LibTorch.timeInside()).isGreaterThan(computed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTensorKnowsHowManyBytesItsNumbersTake(Precision precision) {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            Tensor tensor = scope.floats(new float[] {1, 2}, 2).cast(precision);

            assertThat(tensor.bytesOfNumber()).isEqualTo(precision.bytes());
        }
    }

    @Test
    void namesTheLineThatDoesNotParse() {
        assertThatThrownBy(
                        () ->
                                Script.compile(
                                        "broken",
                                        "def f(self, x: Tensor) -> Tensor:\n    return x.no_such()\n",
                                        ComputeDevice.CPU))
                .hasMessageContaining("no_such");
    }

    @Test
    void refusesAnArgumentThatTorchScriptDoesNotKnow() {
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU);
                Script script = Script.compile("test", SOURCE, ComputeDevice.CPU)) {
            assertThatThrownBy(() -> script.call(scope, "like", "text"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.lang.String");
        }
    }

    @Test
    void carriesBfloat16InAndOut() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        bytes.putShort((short) 0x3f80).putShort((short) 0xc040).flip(); // 1 and -3
        try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
            Tensor tensor = scope.bytes(bytes, ElementType.BFLOAT16, 2);

            assertThat(tensor.toFloat32().toFloats()).containsExactly(1, -3);
            assertThat(tensor.toBytes()).hasSize(4);
            assertThat(scope.bytes(tensor.toBytes(), Precision.BFLOAT16, 2).toFloat32().toFloats())
                    .containsExactly(1, -3);
            assertThat(
                            scope.floats(new float[] {1.00390625f}, 1)
                                    .cast(Precision.BFLOAT16)
                                    .toFloat32()
                                    .toFloats())
                    .containsExactly(1);
        }
    }

    @Test
    void aTensorThatWasMovedOutlivesItsScope() {
        try (TensorScope outer = TensorScope.open(ComputeDevice.CPU)) {
            Tensor kept;
            try (TensorScope inner = outer.child()) {
                Tensor all = inner.floats(new float[] {1, 2, 3, 4}, 2, 2);
                kept = all.part(0, 1, 1).moveTo(outer);
            }

            assertThat(kept.toFloats()).containsExactly(3, 4);
        }
    }

    @Test
    void runsFromSeveralThreadsAtOnce() throws InterruptedException {
        try (Script script = Script.compile("test", SOURCE, ComputeDevice.CPU)) {
            List<Thread> threads = new ArrayList<>();
            List<Float> wrong = Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < 4; t++) {
                float start = t + 1;
                Thread thread =
                        new Thread(
                                () -> {
                                    try (TensorScope scope = TensorScope.open(ComputeDevice.CPU)) {
                                        for (int i = 0; i < 200; i++) {
                                            Tensor x = scope.floats(new float[] {start}, 1);
                                            float y =
                                                    script.call(scope, "times", x, 2.0)
                                                            .toFloats()[0];
                                            if (y != 2 * start) {
                                                wrong.add(y);
                                            }
                                        }
                                    }
                                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(wrong).isEmpty();
        }
    }
}
