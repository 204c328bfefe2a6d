package dev.watchword.job.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The model that comes with this program: files on the class path, which are mapped into memory and
 * so must first be files on a disk. Safe for any thread, and for several processes at once.
 *
 * @param classLoader that finds the files
 * @param folder their folder on the class path, with slashes and without one at the end
 * @param cache the directory under which they are unpacked; made if it is not there
 */
public record BundledWeights(ClassLoader classLoader, String folder, Path cache) {
    private static final String FOLDER = "dev/watchword/job/bundled";
    private static final String NAME = "watchword-yard";
    private static final int DIGITS = 12;

    private static final List<String> FILES =
            List.of(
                    "config.json",
                    "model.safetensors",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "preprocessor_config.json",
                    "README.md");

    /** Those of this program, unpacked into the user's cache. */
    public static BundledWeights ofThisProgram() {
        return new BundledWeights(
                BundledWeights.class.getClassLoader(), FOLDER, UserCache.directory());
    }

    /**
     * Returns the model directory, unpacked now if it is not there yet. It has the same path for the
     * same contents, and another one for others, so that an older model is never taken for a newer
     * one. One of which something was lost is unpacked anew.
     *
     * @throws IllegalStateException if this build came without the model
     * @throws UncheckedIOException if the cache cannot be written
     */
    public Path directory() {
        Map<String, byte[]> files = read();
        Path home = cache.resolve("bundled-" + hash(files));
        Path directory = home.resolve(NAME);
        try {
            if (!isComplete(directory, files)) {
                unpack(files, home);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The bundled model cannot be unpacked into %s (%s: %s); let XDG_CACHE_HOME name a directory that can be written, or name another model with --model."
                            .formatted(cache, e.getClass().getSimpleName(), e.getMessage()),
                    e);
        }
        return directory;
    }

    private Map<String, byte[]> read() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : FILES) {
            String resource = folder + "/" + name;
            try (InputStream in = classLoader.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException(
                            "The bundled model is not in this build, which has no %s on its class path; name another model with --model."
                                    .formatted(resource));
                }
                files.put(name, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException("Reading " + resource + " from the class path", e);
            }
        }
        return files;
    }

    private static String hash(Map<String, byte[]> files) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
        files.forEach(
                (name, bytes) -> {
                    digest.update(
                            "%s %d\n"
                                    .formatted(name, bytes.length)
                                    .getBytes(StandardCharsets.UTF_8));
                    digest.update(bytes);
                });
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static boolean isComplete(Path directory, Map<String, byte[]> files)
            throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            if (!Files.isRegularFile(path) || Files.size(path) != file.getValue().length) {
                return false;
            }
        }
        return true;
    }

    /** Written beside its place and moved there whole, so that a broken-off one is never used. */
    private void unpack(Map<String, byte[]> files, Path home) throws IOException {
        Files.createDirectories(cache);
        Path unfinished = Files.createTempDirectory(cache, "unpacking-");
        try {
            Path model = Files.createDirectory(unfinished.resolve(NAME));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(model.resolve(file.getKey()), file.getValue());
            }
            if (Files.isDirectory(home) && !isComplete(home.resolve(NAME), files)) {
                delete(home);
            }
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!isComplete(home.resolve(NAME), files)) {
                throw e;
            }
        } finally {
            delete(unfinished);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
