package dev.watchword.job.settings;

import java.util.Optional;

/** The environment variables that placeholders in the settings may name. */
@FunctionalInterface
public interface Environment {
    /** The variable's value, or empty where it is not set. */
    Optional<String> variable(String name);

    /** This process's environment. */
    static Environment ofProcess() {
        return name -> Optional.ofNullable(System.getenv(name));
    }

    /** An environment without variables. */
    static Environment empty() {
        return name -> Optional.empty();
    }
}
