package dev.watchword.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecThreadsTest {
    private static final int THREADS = 8;

    @ParameterizedTest
    @MethodSource("dev.watchword.schemas.RecordRoundTripTest#typesAndFormats")
    <T extends SpecificRecord> void oneCodecServesManyThreadsFromItsFirstUse(
            Class<T> type, RecordFormat format) throws Exception {
        RecordCodec<T> codec = RecordCodecs.of(type, format);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                RandomRecords records = new RandomRecords(thread);
                tasks.add(
                        () -> {
                            start.await();
                            return countEqual(codec, type, records);
                        });
            }
            for (Future<Integer> equal : threads.invokeAll(tasks)) {
                assertThat(equal.get()).isEqualTo(500);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T extends SpecificRecord> int countEqual(
            RecordCodec<T> codec, Class<T> type, RandomRecords records)
            throws UndecodableRecordException {
        int equal = 0;
        for (int count = 0; count < 500; count++) {
            T record = records.next(type);
            equal += codec.decode(codec.encode(record)).equals(record) ? 1 : 0;
        }
        return equal;
    }
}
