package dev.watchword.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.junit.jupiter.api.Test;

/** A history whose head an older version wrote goes on as if today's had. */
class OlderStateTest {
    private static final String STREAM = "gate";
    private static final int BEFORE = 300;
    private static final int AFTER = 200;

    /** The state of one stream, on the heap. */
    private static final class Stream {
        private final Map<String, Object> states = new HashMap<>();
        private final StreamMemory memory =
                new StreamMemory(
                        store(),
                        new Retention(250, Duration.ZERO),
                        new KeyframePolicy(3, 4, 2),
                        "model");

        private KeyedStateStore store() {
            return (KeyedStateStore)
                    Proxy.newProxyInstance(
                            getClass().getClassLoader(),
                            new Class<?>[] {KeyedStateStore.class},
                            (proxy, method, arguments) -> {
                                String name = ((StateDescriptor<?, ?>) arguments[0]).getName();
                                return states.computeIfAbsent(
                                        name,
                                        key ->
                                                method.getName().equals("getMapState")
                                                        ? new HeapMap<>()
                                                        : new HeapValue<>());
                            });
        }

        @SuppressWarnings("unchecked")
        private HeapValue<byte[]> headState() {
            return (HeapValue<byte[]>) states.get("head");
        }

        private StreamHead head() {
            return StateCodecs.decode(StateCodecs.HEAD, headState().value);
        }

        void remember(int number) throws Exception {
            long sequence = sequence(number);
            memory.remember(
                    STREAM,
                    sequence,
                    Instant.ofEpochMilli(sequence * 10),
                    new byte[] {1},
                    new byte[] {2});
        }

        /** As a version wrote it that knew no numbers and no times of these. */
        void makeOlder() {
            headState().value =
                    StateCodecs.HEAD.encode(
                            StreamHead.newBuilder(head())
                                    .setKeyframeNumbers(List.of())
                                    .setLatestCapturedAt(null)
                                    .setRisingFrom(null)
                                    .build());
        }

        Optional<FrameWindow> span(int from, int to) throws Exception {
            return memory.resolve(
                    new Scope.Span(
                            Optional.of(Instant.ofEpochMilli(sequence(from) * 10)),
                            Optional.of(Instant.ofEpochMilli(sequence(to) * 10))));
        }
    }

    /** Sequences with gaps. */
    private static long sequence(int number) {
        return number + 5L * (number / 40);
    }

    @Test
    void keepsTheSameKeyframesAndAnswersTheSameScopes() throws Exception {
        Stream todays = new Stream();
        Stream older = new Stream();
        for (int number = 0; number < BEFORE; number++) {
            todays.remember(number);
            older.remember(number);
        }
        older.makeOlder();
        assertSame(todays, older, BEFORE);
        assertThat(older.memory.hasReached(Instant.ofEpochMilli(sequence(BEFORE - 1) * 10)))
                .isTrue();
        for (int number = BEFORE; number < BEFORE + AFTER; number++) {
            todays.remember(number);
            older.remember(number);

            assertThat(older.head().getKeyframes()).isEqualTo(todays.head().getKeyframes());
            assertThat(older.head().getKeyframeNumbers())
                    .isEqualTo(todays.head().getKeyframeNumbers());
        }
        assertSame(todays, older, BEFORE + AFTER);
        assertThat(older.head().getRisingFrom().orElseThrow()).isEqualTo(sequence(BEFORE - 1));
    }

    private static void assertSame(Stream todays, Stream older, int seen) throws Exception {
        for (int from = seen - 240; from < seen - 60; from += 7) {
            Optional<FrameWindow> window = todays.span(from, from + 50);
            assertThat(older.span(from, from + 50)).isEqualTo(window);
            assertThat(window.orElseThrow().firstNumber()).isEqualTo(from);
            assertThat(older.memory.plan(STREAM, window.get()))
                    .isEqualTo(todays.memory.plan(STREAM, window.get()));
        }
    }

    private static final class HeapValue<T> implements ValueState<T> {
        private T value;

        @Override
        public T value() {
            return value;
        }

        @Override
        public void update(T other) {
            value = other;
        }

        @Override
        public void clear() {
            value = null;
        }
    }

    private static final class HeapMap<K, V> implements MapState<K, V> {
        private final Map<K, V> map = new HashMap<>();

        @Override
        public V get(K key) {
            return map.get(key);
        }

        @Override
        public void put(K key, V value) {
            map.put(key, value);
        }

        @Override
        public void putAll(Map<K, V> others) {
            map.putAll(others);
        }

        @Override
        public void remove(K key) {
            map.remove(key);
        }

        @Override
        public boolean contains(K key) {
            return map.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() {
            return map.entrySet();
        }

        @Override
        public Iterable<K> keys() {
            return map.keySet();
        }

        @Override
        public Iterable<V> values() {
            return map.values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return map.entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public void clear() {
            map.clear();
        }
    }
}
