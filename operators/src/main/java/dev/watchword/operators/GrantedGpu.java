package dev.watchword.operators;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * The GPU that Flink has granted to a task manager as an external resource called {@code gpu}. All
 * subtasks of a task manager are told of the same ones; of several the first is taken.
 */
final class GrantedGpu {
    private static final String RESOURCE = "gpu";
    private static final String INDEX = "index";

    private GrantedGpu() {}

    /** Its number as CUDA counts in this process; empty where none was granted. */
    static OptionalInt of(RuntimeContext context) {
        return of(
                context.getExternalResourceInfos(RESOURCE),
                Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
    }

    /**
     * Flink's GPU driver counts the machine's devices; CUDA counts those alone that a process may
     * see, in the order in which they are listed.
     *
     * @param visible the machine's devices that this process sees, with commas; empty: all
     */
    static OptionalInt of(Set<? extends ExternalResourceInfo> granted, Optional<String> visible) {
        OptionalInt index =
                granted.stream()
                        .flatMap(info -> info.getProperty(INDEX).stream())
                        .filter(text -> text.matches("[0-9]{1,3}"))
                        .mapToInt(Integer::parseInt)
                        .min();
        if (index.isEmpty() || visible.isEmpty()) {
            return index;
        }
        List<String> seen = Arrays.stream(visible.get().split(",")).map(String::strip).toList();
        int place = seen.indexOf(Integer.toString(index.getAsInt()));
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place);
    }
}
