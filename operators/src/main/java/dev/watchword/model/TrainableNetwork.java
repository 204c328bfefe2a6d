package dev.watchword.model;

import dev.watchword.tensor.ComputeDevice;
import dev.watchword.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network whose weights can be changed: copies in float32. {@link #network} answers with the
 * weights as they are at the moment.
 *
 * <p>For one thread at a time.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final LlavaMini network;
    private final Map<String, Tensor> weights;

    private TrainableNetwork(LlavaMini network, Map<String, Tensor> weights) {
        this.network = network;
        this.weights = weights;
    }

    /**
     * Loads copies of a model directory's weights.
     *
     * @throws ModelFileException naming file and tensor, if one is missing, misshapen or unreadable
     */
    public static TrainableNetwork load(ModelDirectory directory, ComputeDevice device) {
        NetworkWeights copies = NetworkWeights.copiesOf(directory, device);
        return new TrainableNetwork(LlavaMini.of(directory, copies), copies.taken());
    }

    /** The network that uses the weights. */
    public LlavaMini network() {
        return network;
    }

    /**
     * The weights by their names in the model directory, in the order in which data flows: vision
     * tower, compressor, projector, pre-fusion, decoder.
     */
    public Map<String, Tensor> weights() {
        return weights;
    }

    /** How many tensors each part of the network has, by the part's name. */
    public Map<String, Integer> tensorsByPart() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        weights.keySet().forEach(name -> counts.merge(NetworkWeights.part(name), 1, Integer::sum));
        return counts;
    }

    /** The names of the weights that belong to some parts of the network. */
    public List<String> namesOf(Set<String> parts) {
        List<String> names = new ArrayList<>();
        for (String name : weights.keySet()) {
            if (parts.contains(NetworkWeights.part(name))) {
                names.add(name);
            }
        }
        return names;
    }

    @Override
    public void close() {
        network.close();
    }
}
