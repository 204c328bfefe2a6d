package dev.watchword.integration.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a person at a console puts a text on a topic and reads what is on one. */
public interface ConsoleClient {
    /** Puts a record on a topic. */
    void put(String topic, String key, String value) throws IOException, InterruptedException;

    /** The values of all records that are on a topic now. */
    List<String> read(String topic) throws IOException, InterruptedException;

    /** Kafka's own client with strings. */
    static ConsoleClient plain(String bootstrap) {
        return new StringClient(bootstrap);
    }

    /** kcat, which knows nothing of Java, where it is installed. */
    static Optional<ConsoleClient> kcat(String bootstrap) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
            Path program = Path.of(directory, "kcat");
            if (Files.isExecutable(program)) {
                return Optional.of(new Kcat(program, bootstrap));
            }
        }
        return Optional.empty();
    }
}
