package dev.watchword.job.bench;

import dev.watchword.tensor.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the machine reaches in single matrix products, measured in the same rounds as the network.
 *
 * @param products in every precision at least one
 */
record ProductCeiling(List<MatrixProduct> products) {

    /** The rate of the fastest product of a precision, in operations a second. */
    Optional<Double> flopsPerSecond(Samples samples, Precision precision) {
        return products.stream()
                .filter(product -> product.precision() == precision)
                .flatMap(product -> rate(samples, product).stream())
                .max(Comparator.naturalOrder());
    }

    /** What share of it that rate is, in percent. */
    Optional<Double> percent(Samples samples, Precision precision, Optional<Double> rate) {
        return flopsPerSecond(samples, precision)
                .flatMap(ceiling -> rate.map(reached -> 100 * reached / ceiling));
    }

    static Optional<Double> rate(Samples samples, MatrixProduct product) {
        return samples.seconds(product).map(seconds -> product.flops() / seconds.median());
    }
}
