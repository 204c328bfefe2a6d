package dev.watchword.integration.deploy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What is in deploy/, read. */
public final class DeployFiles {
    /** The folder. */
    public static final Path FOLDER = Path.of("..", "deploy");

    private static final Pattern METRIC = Pattern.compile("\\bflink_[A-Za-z0-9_]+");

    private static final Pattern GROUPED_BY = Pattern.compile("\\bby \\(([a-z_, ]+)\\)");
    private static final List<String> WATCHING =
            List.of("prometheus/alerts.yml", "grafana/dashboards/watchword.json");

    private DeployFiles() {}

    /** A file's text. */
    static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file with this ending that belongs to the project, as a path below the folder. */
    static List<String> named(String ending) {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(FOLDER::relativize)
                    .filter(path -> !path.startsWith("target"))
                    .map(Path::toString)
                    .filter(path -> path.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML or JSON file; a key that stands twice is refused. */
    static List<Object> documents(String file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(file))) {
            List<Object> documents = new ArrayList<>();
            new Yaml(new SafeConstructor(options)).loadAll(reader).forEach(documents::add);
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a file that are Kubernetes resources of a kind. */
    static List<Object> resources(String file, String kind) {
        return documents(file).stream().filter(each -> kind.equals(at(each, "kind"))).toList();
    }

    /** What is found on a way of keys, and of numbers in lists; null where there is nothing. */
    static Object at(Object from, Object... way) {
        Object at = from;
        for (Object step : way) {
            if (at instanceof Map<?, ?> map) {
                at = map.get(step);
            } else if (at instanceof List<?> list && step instanceof Integer index) {
                at = index < list.size() ? list.get(index) : null;
            } else {
                return null;
            }
        }
        return at;
    }

    /** The keys at a place, as texts. */
    static Set<String> keys(Object from, Object... way) {
        Set<String> keys = new TreeSet<>();
        ((Map<?, ?>) at(from, way)).keySet().forEach(key -> keys.add(key.toString()));
        return keys;
    }

    /** The items of the list at a place; none where there is no list. */
    static List<?> list(Object from, Object... way) {
        return at(from, way) instanceof List<?> list ? list : List.of();
    }

    /** Every label by which an alert or the dashboard puts metrics together. */
    public static Set<String> labelsGroupedBy() {
        Set<String> labels = new TreeSet<>();
        for (String file : WATCHING) {
            GROUPED_BY
                    .matcher(text(file))
                    .results()
                    .map(match -> match.group(1).split(",\\s*"))
                    .forEach(each -> labels.addAll(List.of(each)));
        }
        return labels;
    }

    /** Every metric that an alert or the dashboard asks for. */
    public static Set<String> watchedMetrics() {
        Set<String> names = new TreeSet<>();
        for (String file : WATCHING) {
            METRIC.matcher(text(file)).results().map(MatchResult::group).forEach(names::add);
        }
        return names;
    }
}
