package dev.watchword.integration.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.integration.deploy.DeployFiles;
import dev.watchword.job.service.TemporaryDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Dockerfile carried out line by line in a folder of its own, without Docker: files are copied
 * (as hard links, where the file system allows it), and what stands behind RUN is run, with the
 * folder in the place of the root.
 *
 * <p>Not from the images that it begins with: Flink's jars come from Maven, Java is this one. In the
 * place of Maven is what this build has made, and commands that change users and owners do nothing
 * but be noted.
 */
final class ImageBuild implements AutoCloseable {
    private static final long SECONDS = 300;
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String BUILD = "build";

    /** What is only noted. */
    private static final List<String> NOTED = List.of("mvn", "chown", "groupadd", "useradd");

    private record Stage(String base, List<String> lines) {}

    private final TemporaryDirectory directory = TemporaryDirectory.create("image");
    private final Path folder = directory.path();
    private final Map<String, String> arguments = new HashMap<>();
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final Map<String, Image> sources = new HashMap<>();

    /**
     * Reads the Dockerfile.
     *
     * @param given values of its arguments, in the place of those that stand there
     */
    ImageBuild(Map<String, String> given) throws IOException {
        String text = Files.readString(DeployFiles.FOLDER.resolve("Dockerfile"));
        List<String> lines = new ArrayList<>();
        for (String line : text.replace("\\\n", " ").split("\n")) {
            if (line.startsWith("FROM ")) {
                String[] words = line.split(" ");
                assertThat(words).as(line).hasSize(4).contains("AS");
                lines = new ArrayList<>();
                stages.put(words[3], new Stage(words[1], lines));
            } else if (line.startsWith("ARG ")) {
                String[] pair = line.substring("ARG ".length()).split("=", 2);
                arguments.put(pair[0], given.getOrDefault(pair[0], pair[1]));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                lines.add(line.strip());
            }
        }
        for (String command : NOTED) {
            note(command);
        }
    }

    private void note(String command) throws IOException {
        Path stub = Files.createDirectories(folder.resolve("noted")).resolve(command);
        String script = "#!/bin/sh\necho \"%s $*\" >> '%s'\n".formatted(command, calls());
        if (command.equals("mvn")) {
            script +=
                    """
                    set -e
                    mkdir -p deploy/target
                    for made in lib cli watchword-job.jar; do
                        cp -rl '%1$s'/$made deploy/target/ || cp -r '%1$s'/$made deploy/target/
                    done
                    """
                            .formatted(REPOSITORY.resolve("deploy/target"));
        }
        Files.writeString(stub, script);
        assertThat(stub.toFile().setExecutable(true)).isTrue();
    }

    private Path calls() {
        return folder.resolve("calls");
    }

    /** The commands that were only noted, in their order. */
    List<String> noted() throws IOException {
        return Files.readAllLines(calls());
    }

    /** Carries out a stage, and first those from which it begins or copies. */
    Image build(String stage) throws IOException, InterruptedException {
        Image image = begun(stage);
        for (String line : stages.get(stage).lines()) {
            image.carryOut(line);
        }
        return image;
    }

    /** What a stage begins with. */
    Image begun(String stage) throws IOException, InterruptedException {
        String base = stages.get(stage).base();
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            base = base.replace("${" + argument.getKey() + "}", argument.getValue());
        }
        if (stages.containsKey(base)) {
            return build(base);
        }
        Image image = new Image(Files.createDirectories(folder.resolve(stage)));
        if (base.startsWith("flink:")) {
            image.addFlink();
        }
        return image;
    }

    /** The lines of a stage that are of a kind. */
    List<String> lines(String stage, String beginning) {
        return stages.get(stage).lines().stream()
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    @Override
    public void close() {
        directory.close();
    }

    /** What is there after some lines. */
    final class Image {
        private final Path root;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private Path workingDirectory;
        private String user = "root";
        private String entryPoint = "";

        private Image(Path root) {
            this.root = root;
            this.workingDirectory = root;
        }

        Map<String, String> environment() {
            return environment;
        }

        /** Who runs it. */
        String user() {
            return user;
        }

        /** What is run, as JSON. */
        String entryPoint() {
            return entryPoint;
        }

        /** Carries out one line, which must be of a kind that is known here. */
        void carryOut(String line) throws IOException, InterruptedException {
            String kind = line.substring(0, line.indexOf(' '));
            String rest = line.substring(kind.length()).strip();
            switch (kind) {
                case "COPY" -> copy(rest.split("\\s+"));
                case "ENV" -> environment.put(rest.split("=", 2)[0], inside(rest.split("=", 2)[1]));
                case "RUN" -> run(rest.replaceFirst("^(--\\S+\\s+)+", ""));
                case "WORKDIR" -> workingDirectory = Files.createDirectories(path(rest));
                case "USER" -> user = rest;
                case "ENTRYPOINT" -> entryPoint = inside(rest);
                case "CMD" -> assertThat(rest).startsWith("[");
                default -> throw new AssertionError("Not known here: " + line);
            }
        }

        private void copy(String[] words) throws IOException, InterruptedException {
            if (words.length == 2) {
                assertThat(words).containsExactly(".", ".");
                copyContext();
                return;
            }
            assertThat(words).hasSize(3);
            assertThat(words[0]).isEqualTo("--from=" + BUILD);
            if (!sources.containsKey(BUILD)) {
                sources.put(BUILD, build(BUILD));
            }
            Path source = sources.get(BUILD).path(words[1]);
            Path target = path(words[2]);
            if (Files.isRegularFile(source)) {
                link(source, target);
                return;
            }
            assertThat(source).isDirectory();
            try (Stream<Path> files = Files.list(source)) {
                for (Path file : files.toList()) {
                    link(file, target.resolve(file.getFileName()));
                }
            }
        }

        /** What Docker is sent of this repository. */
        private void copyContext() throws IOException {
            List<PathMatcher> ignored = new ArrayList<>();
            for (String pattern :
                    Files.readAllLines(DeployFiles.FOLDER.resolve("Dockerfile.dockerignore"))) {
                ignored.add(FileSystems.getDefault().getPathMatcher("glob:" + pattern));
                ignored.add(
                        FileSystems.getDefault()
                                .getPathMatcher("glob:" + pattern.replaceFirst("^\\*\\*/", "")));
            }
            SimpleFileVisitor<Path> linking =
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path path, BasicFileAttributes attributes) {
                            return isIgnored(path)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                                throws IOException {
                            if (!isIgnored(path)) {
                                link(path, workingDirectory.resolve(REPOSITORY.relativize(path)));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        private boolean isIgnored(Path path) {
                            Path relative = REPOSITORY.relativize(path);
                            return ignored.stream().anyMatch(each -> each.matches(relative));
                        }
                    };
            Files.walkFileTree(REPOSITORY, linking);
        }

        /** Flink's own jars, but for what the image must bring. */
        private void addFlink() throws IOException {
            Set<String> brought;
            try (Stream<Path> files = Files.list(REPOSITORY.resolve("deploy/target/lib"))) {
                brought = files.map(ImageBuild::name).collect(Collectors.toSet());
            }
            for (String entry : FlinkCluster.classPath().split(File.pathSeparator)) {
                Path jar = Path.of(entry);
                if (entry.endsWith(".jar") && !brought.contains(name(jar))) {
                    link(jar, path("/opt/flink/lib/" + name(jar)));
                }
            }
        }

        /**
         * Runs a command to its end.
         *
         * @return what it printed
         * @throws AssertionError if it fails
         */
        String run(String command) throws IOException, InterruptedException {
            Process process = start(List.of("sh", "-c", inside(command)));
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            assertThat(ended && process.exitValue() == 0).as(command + "\n" + printed()).isTrue();
            return printed();
        }

        /** Starts a program with what the image sets. */
        Process start(List<String> command) throws IOException {
            List<String> found = new ArrayList<>(List.of("env"));
            found.addAll(command);
            Path java = Path.of(System.getProperty("java.home"), "bin");
            ProcessBuilder builder =
                    new ProcessBuilder(found)
                            .directory(workingDirectory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("printed").toFile());
            Map<String, String> given = builder.environment();
            given.putAll(environment);
            given.put("JAVA_TOOL_OPTIONS", "-Xmx512m");
            given.put(
                    "PATH",
                    Stream.of(
                                    folder.resolve("noted").toString(),
                                    java.toString(),
                                    given.get("PATH"))
                            .collect(Collectors.joining(File.pathSeparator)));
            return builder.start();
        }

        /** What the last program has printed so far. */
        String printed() throws IOException {
            return Files.readString(folder.resolve("printed"));
        }

        /** A path of the image, in this folder. */
        Path path(String path) {
            assertThat(path).startsWith("/");
            return root.resolve(path.substring(1));
        }

        /** The same text with its paths in this folder. */
        private String inside(String text) {
            return text.replaceAll("(?<![^\\s\"=:])/(?=(?:opt|var|src)/)", root + "/");
        }

        /** Every file, as a path below the root. */
        Set<String> files() {
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .collect(Collectors.toCollection(TreeSet::new));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The names of the files right in a folder. */
        Set<String> names(String path) throws IOException {
            try (Stream<Path> files = Files.list(path(path))) {
                return files.map(ImageBuild::name).collect(Collectors.toCollection(TreeSet::new));
            }
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static void link(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system.
            Files.copy(from, to);
        }
    }
}
