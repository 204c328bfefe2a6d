package dev.watchword.tensor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The script of what every part needs: casts, and bytes under another name. */
final class Basics {
    private static final Map<ComputeDevice, Script> SCRIPTS = new ConcurrentHashMap<>();

    private Basics() {}

    static Script of(ComputeDevice device) {
        return SCRIPTS.computeIfAbsent(device, place -> Script.load("basics", place));
    }
}
