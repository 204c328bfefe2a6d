package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How fast the machine moves as many bytes as the decoder's weights have, measured in the same
 * rounds as the network.
 *
 * @param copies reads and writes alike
 * @param vectors matrix-vector products, which read weights as the decoder does
 */
record MemoryCeiling(List<MemoryCopy> copies, List<MatrixProduct> vectors) {

    /** The rate of the faster way in a precision, in bytes a second. */
    Optional<Double> bytesPerSecond(Samples samples, Precision precision) {
        Stream<Double> copied =
                copies.stream()
                        .filter(copy -> copy.precision() == precision)
                        .flatMap(copy -> rate(samples, copy).stream());
        Stream<Double> multiplied =
                vectors.stream()
                        .filter(product -> product.precision() == precision)
                        .flatMap(product -> rate(samples, product).stream());
        return Stream.concat(copied, multiplied).max(Comparator.naturalOrder());
    }

    /** What share of it that rate is, in percent. */
    Optional<Double> percent(Samples samples, Precision precision, Optional<Double> rate) {
        return bytesPerSecond(samples, precision)
                .flatMap(ceiling -> rate.map(reached -> 100 * reached / ceiling));
    }

    static Optional<Double> rate(Samples samples, MemoryCopy copy) {
        return samples.seconds(copy).map(seconds -> copy.bytes() / seconds.median());
    }

    static Optional<Double> rate(Samples samples, MatrixProduct product) {
        return samples.seconds(product).map(seconds -> product.weightBytes() / seconds.median());
    }
}
