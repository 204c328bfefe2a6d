package dev.watchword.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GrantedGpuTest {
    private static final Optional<String> ALL_VISIBLE = Optional.empty();

    /** As Flink's GPU driver writes them: of each GPU its index. */
    private record Gpu(String index) implements ExternalResourceInfo {
        @Override
        public Optional<String> getProperty(String key) {
            return key.equals("index") ? Optional.of(index) : Optional.empty();
        }

        @Override
        public Collection<String> getKeys() {
            return List.of("index");
        }
    }

    private static Set<ExternalResourceInfo> gpus(String... indices) {
        return Stream.of(indices).map(Gpu::new).collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void isNoneWhereNoneIsGranted() {
        assertThat(GrantedGpu.of(gpus(), ALL_VISIBLE)).isEmpty();
        assertThat(GrantedGpu.of(new MockStreamingRuntimeContext(1, 0))).isEmpty();
    }

    @Test
    void isTheFirstOfThoseThatAreGranted() {
        assertThat(GrantedGpu.of(gpus("3"), ALL_VISIBLE)).hasValue(3);
        assertThat(GrantedGpu.of(gpus("11", "2"), ALL_VISIBLE)).hasValue(2);
    }

    @Test
    void isCountedAmongThoseThatTheProcessSees() {
        assertThat(GrantedGpu.of(gpus("3"), Optional.of("1, 3"))).hasValue(1);
        assertThat(GrantedGpu.of(gpus("3"), Optional.of("3"))).hasValue(0);
    }

    @Test
    void isNoneWhereItCannotBeTold() {
        assertThat(GrantedGpu.of(gpus("3"), Optional.of("0"))).isEmpty();
        assertThat(GrantedGpu.of(gpus("3"), Optional.of("GPU-8f6a"))).isEmpty();
        assertThat(GrantedGpu.of(gpus("GPU-8f6a"), ALL_VISIBLE)).isEmpty();
    }

    @Test
    void reachesTheEngineOfAnOperator() throws Exception {
        FakeEngine engine = new FakeEngine();
        List<OptionalInt> asked = new ArrayList<>();
        EngineLeaser real = engine.leaser();
        EngineLeaser listening =
                gpu -> {
                    asked.add(gpu);
                    return real.lease(gpu);
                };
        MockEnvironment environment =
                MockEnvironment.builder()
                        .setExternalResourceInfoProvider(
                                name -> name.equals("gpu") ? gpus("5") : Set.of())
                        .build();
        OneInputStreamOperatorTestHarness<StreamEvent, EncodedEvent> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new EncodeFramesFactory(listening, 1, Overload.WAIT), environment);
        harness.setup(EncodedEventSerializer.INSTANCE);
        harness.open();
        harness.close();

        assertThat(asked).containsExactly(OptionalInt.of(5));
    }
}
