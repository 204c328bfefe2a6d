package dev.watchword.job.settings;

import java.nio.file.Path;

/** Where the value of a setting came from. Its text completes "the value ... (origin)". */
sealed interface Origin {

    /** A line of the settings file, counted from 1. */
    record FileLine(Path file, int line) implements Origin {
        @Override
        public String toString() {
            return "%s, line %d".formatted(file, line);
        }
    }

    /** A flag of the command line, such as {@code --bootstrap}. */
    record CommandLineFlag(String name) implements Origin {
        @Override
        public String toString() {
            return "flag " + name;
        }
    }

    /** Nobody gave one. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }
}
