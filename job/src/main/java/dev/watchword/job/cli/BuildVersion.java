package dev.watchword.job.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven writes into the jar. */
final class BuildVersion implements IVersionProvider {
    private static final String RESOURCE = "/META-INF/maven/dev.watchword/job/pom.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"watchword " + read()};
    }

    private static String read() throws IOException {
        try (InputStream resource = BuildVersion.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            if (resource != null) {
                properties.load(resource);
            }
            return properties.getProperty("version", "(not from a jar)");
        }
    }
}
