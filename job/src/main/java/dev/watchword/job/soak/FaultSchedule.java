package dev.watchword.job.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** When what befalls the cluster; it follows from the seed, the time and the distance alone. */
final class FaultSchedule {
    private FaultSchedule() {}

    /**
     * A schedule in which every kind comes before one of them comes again. The last tenth of the time
     * is quiet.
     *
     * @param between from one fault to the next it is half to one and a half of this
     */
    static List<Fault> of(long seed, Duration time, Duration between) {
        Random random = new Random(seed);
        Deque<FaultKind> kinds = new ArrayDeque<>();
        List<Fault> faults = new ArrayList<>();
        double at = next(between, random);
        while (at < 0.9 * time.toMillis()) {
            if (kinds.isEmpty()) {
                List<FaultKind> all = new ArrayList<>(Arrays.asList(FaultKind.values()));
                Collections.shuffle(all, random);
                kinds.addAll(all);
            }
            faults.add(
                    new Fault(
                            Duration.ofMillis(Math.round(at)),
                            kinds.poll(),
                            random.nextInt(Integer.MAX_VALUE)));
            at += next(between, random);
        }
        return faults;
    }

    private static double next(Duration between, Random random) {
        return between.toMillis() * (0.5 + random.nextDouble());
    }
}
