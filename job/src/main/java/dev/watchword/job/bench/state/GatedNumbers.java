package dev.watchword.job.bench.state;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.util.IteratorSourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.NumberSequenceIterator;

/** The numbers from 0 on, each when the gate lets it through. For one reader only. */
final class GatedNumbers extends NumberSequenceSource {
    private final String gate;

    /**
     * @param count how many numbers there are
     */
    GatedNumbers(long count, String gate) {
        super(0, count - 1);
        this.gate = gate;
    }

    @Override
    public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
        return new Reader(context, Gate.named(gate));
    }

    /** INVARIANT: until it has emitted anything, only the first number can be held back. */
    private static final class Reader
            extends IteratorSourceReader<Long, NumberSequenceIterator, NumberSequenceSplit> {
        private final Gate gate;
        private long next;

        Reader(SourceReaderContext context, Gate gate) {
            super(context);
            this.gate = gate;
        }

        @Override
        public InputStatus pollNext(ReaderOutput<Long> output) {
            return gate.letsThrough(next) ? super.pollNext(output) : InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            CompletableFuture<Void> widened = gate.widened();
            return gate.letsThrough(next) ? super.isAvailable() : widened;
        }

        @Override
        protected Long convert(Long number) {
            next = number + 1;
            return number;
        }

        @Override
        public void close() {
            // Numbers hold nothing.
        }
    }
}
