package dev.watchword.job.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

class TopologyTest {
    @Test
    void operatorsHaveTheNamesByWhichTheirStateIsFound() {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        Settings settings = SettingsReader.read(Optional.empty(), List.of(), Environment.empty());
        Topology.lay(
                environment,
                settings,
                "127.0.0.1:1",
                gpu -> {
                    throw new IllegalStateException("Nothing runs here.");
                });

        assertThat(environment.getStreamGraph().getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains(
                        "frames",
                        "decode-frames",
                        "queries",
                        "decode-queries",
                        "encode-frames",
                        "fuse-and-generate",
                        "answers",
                        "dead-letters",
                        "name-streams",
                        "combine-streams");
    }
}
