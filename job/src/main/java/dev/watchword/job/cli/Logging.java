package dev.watchword.job.cli;

/**
 * How much is logged. Must be decided before anything is logged: the properties are read once, by
 * log4j2.properties. One that is set already, by {@code -D}, is left as it is.
 */
final class Logging {
    private Logging() {}

    /** Our warnings, and the libraries' errors, without stack traces. */
    static void quiet() {
        set("WARN", "ERROR", "0");
    }

    /** What an operator of a running service wants: our progress, and the libraries' warnings. */
    static void verbose() {
        set("INFO", "WARN", "full");
    }

    private static void set(String own, String libraries, String traces) {
        setIfAbsent("watchword.log.own", own);
        setIfAbsent("watchword.log.libraries", libraries);
        setIfAbsent("watchword.log.traces", traces);
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
