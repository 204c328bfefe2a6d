package dev.watchword.job.service;

import java.nio.file.Path;
import java.util.Optional;

/** Where this program keeps, for one user, what it can make again. */
public final class UserCache {
    private UserCache() {}

    /** {@code watchword} in {@code $XDG_CACHE_HOME}, or else in {@code ~/.cache}. */
    public static Path directory() {
        return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("watchword");
    }
}
