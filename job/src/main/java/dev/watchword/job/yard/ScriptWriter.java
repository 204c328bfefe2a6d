package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Writes who comes to a yard and when. Visitors come at random times, stay for a random time, mostly
 * short and sometimes long, and go elsewhere when no spot is free.
 */
final class ScriptWriter {
    /** No vehicle's visit is shorter, but for one cut off by the end of the script. */
    static final int SHORTEST_DRIVE = 9;

    /** No vehicle is longer in the lane at a time. */
    static final int LONGEST_LANE = 4;

    private static final int WARM_UP = 260;
    private static final int EMPTY = 2;
    private static final int LONGEST_STAY = 200;
    private static final double ON_WHEELS = 0.6;
    private static final double TWINS = 0.25;
    private static final Set<Kind> VEHICLES = EnumSet.of(Kind.CAR, Kind.VAN);
    private static final List<Spot> BAYS = List.of(Spot.BAY_1, Spot.BAY_2, Spot.BAY_3);
    private static final List<Spot> RACKS = List.of(Spot.RACK_1, Spot.RACK_2);
    private static final List<Spot> DOORSTEPS = List.of(Spot.DOORSTEP_1, Spot.DOORSTEP_2);

    private final YardOptions options;
    private final SplittableRandom random;
    private final int seconds;
    private final int first;
    private final int end;
    private final double dogs;
    private final double parcels;
    private final Reservations reservations = new Reservations();
    private final List<Course> courses = new ArrayList<>();

    private ScriptWriter(long seed, int seconds, YardOptions options) {
        this.options = options;
        this.seconds = seconds;
        this.random = new SplittableRandom(Seeds.mix(seed, 0x736372));
        this.first = options.emptyEnds() ? EMPTY : -WARM_UP;
        this.end = options.emptyEnds() ? seconds - EMPTY : seconds + LONGEST_STAY + WARM_UP;
        this.dogs = share(Kind.DOG, 0.1, 0.5);
        this.parcels = share(Kind.PARCEL, 0.05, 0.6);
    }

    /** Returns all visits within the script, in the order of coming; ids are the indexes. */
    static List<Course> write(long seed, int seconds, YardOptions options) {
        ScriptWriter writer = new ScriptWriter(seed, seconds, options);
        writer.letThemCome();
        return writer.inOrder();
    }

    private double share(Kind kind, double low, double high) {
        boolean comes = !options.population().ofKinds(Set.of(kind)).isEmpty();
        double share = low * Math.pow(high / low, random.nextDouble());
        return comes ? share : 0;
    }

    private void letThemCome() {
        double clock = first;
        while (true) {
            int second = (int) clock;
            if (second >= Math.min(seconds, end)) {
                return;
            }
            reservations.forgetBefore(second);
            if (random.nextDouble() < ON_WHEELS) {
                comeOnWheels(second);
            } else {
                comeOnFoot(second);
            }
            clock -= options.meanSecondsBetweenArrivals() * Math.log(1 - random.nextDouble());
        }
    }

    private void comeOnWheels(int from) {
        Optional<Population.Regular> who =
                Population.pick(options.population().ofKinds(Kind.ON_WHEELS), random);
        if (who.isEmpty() || refuses(who.get().pair(), from)) {
            return;
        }
        if (VEHICLES.contains(who.get().pair().kind())) {
            park(who.get().pair(), from);
        } else {
            int to = Math.min(end, from + 1 + stay(5, 120));
            if (to - from >= 5) {
                free(RACKS, from, to).ifPresent(rack -> add(who.get().pair(), rack, from, to));
            }
        }
    }

    private void park(Pair pair, int from) {
        int inbound = random.nextInt(2, LONGEST_LANE + 1);
        int outbound = random.nextInt(2, LONGEST_LANE + 1);
        int to = Math.min(end, from + inbound + outbound + stay(5, LONGEST_STAY));
        if (to - from < inbound + outbound + 5
                || !reservations.isFree(Spot.LANE, from, from + inbound)
                || !reservations.isFree(Spot.LANE, to - outbound, to)) {
            return;
        }
        free(BAYS, from, to)
                .ifPresent(
                        bay -> {
                            reservations.take(Spot.LANE, from, from + inbound);
                            reservations.take(Spot.LANE, to - outbound, to);
                            reservations.take(bay, from, to);
                            courses.add(
                                    new Course(
                                            visit(pair, bay, from, to, OptionalInt.empty()),
                                            inbound,
                                            outbound));
                        });
    }

    private void comeOnFoot(int from) {
        int to = Math.min(end, from + random.nextInt(4, 21));
        Optional<Pair> coat = coat();
        if (to - from < 4 || coat.isEmpty() || refuses(coat.get(), from)) {
            return;
        }
        boolean brings = random.nextDouble() < parcels;
        Spot path = brings || random.nextDouble() < 0.4 ? Spot.FAR_PATH : Spot.NEAR_PATH;
        if (!reservations.isFree(path, from, to)) {
            return;
        }
        walk(coat.get(), path, from, to);
        if (brings) {
            leaveParcel(coat.get(), (from + to) / 2, to);
        }
    }

    private void walk(Pair coat, Spot path, int from, int to) {
        int owner = courses.size();
        add(coat, path, from, to);
        if (random.nextDouble() < dogs) {
            Population.pick(options.population().ofKinds(Set.of(Kind.DOG)), random)
                    .ifPresent(
                            dog ->
                                    courses.add(
                                            new Course(
                                                    visit(
                                                            dog.pair(),
                                                            path,
                                                            from,
                                                            to,
                                                            OptionalInt.of(owner)),
                                                    0,
                                                    0)));
        }
    }

    /** Leaves a parcel, if there is room for it and somebody who can take it away in time. */
    private void leaveParcel(Pair bringer, int from, int bringerGoes) {
        for (int attempt = 0; attempt < 12; attempt++) {
            int to = from + stay(5, LONGEST_STAY);
            int takes = random.nextInt(4, 21);
            int comes = to - takes / 2;
            if (comes < bringerGoes
                    || comes + takes > end
                    || !reservations.isFree(Spot.FAR_PATH, comes, comes + takes)) {
                continue;
            }
            Optional<Spot> step = free(DOORSTEPS, from, to);
            if (step.isPresent()) {
                add(Population.PARCEL, step.get(), from, to);
                walk(other(bringer), Spot.FAR_PATH, comes, comes + takes);
                return;
            }
        }
    }

    private Optional<Pair> coat() {
        return Population.pick(options.population().ofKinds(Set.of(Kind.PERSON)), random)
                .map(Population.Regular::pair);
    }

    /** Returns another coat, or the same where there is but one. */
    private Pair other(Pair coat) {
        List<Population.Regular> others =
                options.population().ofKinds(Set.of(Kind.PERSON)).stream()
                        .filter(regular -> !regular.pair().equals(coat))
                        .toList();
        return Population.pick(others, random).map(Population.Regular::pair).orElse(coat);
    }

    /** Two of a pair are seldom there together. */
    private boolean refuses(Pair pair, int second) {
        return random.nextDouble() >= TWINS
                && courses.stream()
                        .skip(Math.max(0, courses.size() - 40))
                        .map(Course::visit)
                        .anyMatch(visit -> visit.pair().equals(pair) && visit.to() > second);
    }

    private Optional<Spot> free(List<Spot> among, int from, int to) {
        List<Spot> free =
                among.stream().filter(spot -> reservations.isFree(spot, from, to)).toList();
        return free.isEmpty()
                ? Optional.empty()
                : Optional.of(free.get(random.nextInt(free.size())));
    }

    /** Returns how long something stays: mostly short, with a heavy tail. */
    private int stay(int shortest, int longest) {
        double tail = 12 / Math.pow(1 - random.nextDouble(), 0.9) - 12;
        double spread = 20 * random.nextDouble();
        return (int) Math.min(longest, shortest + spread + tail);
    }

    private void add(Pair pair, Spot spot, int from, int to) {
        reservations.take(spot, from, to);
        courses.add(new Course(visit(pair, spot, from, to, OptionalInt.empty()), 0, 0));
    }

    private Visit visit(Pair pair, Spot spot, int from, int to, OptionalInt owner) {
        return new Visit(courses.size(), pair.kind(), pair.colour(), spot, from, to, owner);
    }

    private List<Course> inOrder() {
        List<Course> kept =
                courses.stream()
                        .filter(this::belongs)
                        .map(course -> course.cut(seconds))
                        .sorted(Comparator.comparingInt(course -> course.visit().from()))
                        .toList();
        int[] numbers = new int[courses.size()];
        for (int index = 0; index < kept.size(); index++) {
            numbers[kept.get(index).visit().id()] = index;
        }
        List<Course> numbered = new ArrayList<>(kept.size());
        for (Course course : kept) {
            Visit visit = course.visit();
            OptionalInt owner =
                    visit.owner().isPresent()
                            ? OptionalInt.of(numbers[visit.owner().getAsInt()])
                            : OptionalInt.empty();
            numbered.add(course.moved(numbered.size(), 0, owner));
        }
        return numbered;
    }

    /** A vehicle of which only the leaving would be seen is left out. */
    private boolean belongs(Course course) {
        Visit visit = course.visit();
        boolean onlyLeaves =
                VEHICLES.contains(visit.kind()) && visit.from() < 0 && visit.to() < SHORTEST_DRIVE;
        return visit.from() < seconds && visit.to() > 0 && !onlyLeaves;
    }
}
