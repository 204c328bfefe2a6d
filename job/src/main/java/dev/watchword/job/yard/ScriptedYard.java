package dev.watchword.job.yard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A yard in which things happen as a seed will have it. Immutable, so safe for many threads; {@link
 * #at} takes the same short time however long the script is.
 *
 * <p>Vehicles come and leave through {@link Spot#LANE}, one at a time, for 2 to 4 seconds, and the
 * gate is open then. A parcel appears while a person is on {@link Spot#FAR_PATH}, and disappears
 * while another one is. Without {@link YardOptions#emptyEnds} a script may begin with things that
 * came earlier (their visits are from second 0) and end with things that stay (to {@link #seconds}).
 */
public final class ScriptedYard implements Yard {
    /** The shortest script. */
    public static final int FEWEST_SECONDS = 16;

    /** The longest script; a day has 86,400 seconds. */
    public static final int MOST_SECONDS = 200_000;

    /** The length of {@link #day}. */
    public static final int SECONDS_OF_A_DAY = 86_400;

    private static final double USUAL_TRAFFIC = 25;
    private static final int BLOCK = 64;

    private final List<Course> courses;
    private final List<Visit> visits;
    private final ConditionScript conditions;
    private final int seconds;
    private final int[][] visitsOfBlock;

    private ScriptedYard(int seconds, List<Course> courses, ConditionScript conditions) {
        this.seconds = seconds;
        this.courses = List.copyOf(courses);
        this.visits = courses.stream().map(Course::visit).toList();
        this.conditions = conditions;
        this.visitsOfBlock = index(seconds, visits);
    }

    /**
     * Writes a script; the same arguments give the same script.
     *
     * @param seconds how long, from {@link #FEWEST_SECONDS} to {@link #MOST_SECONDS}
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public static ScriptedYard of(long seed, int seconds, YardOptions options) {
        if (seconds < FEWEST_SECONDS || seconds > MOST_SECONDS) {
            throw new IllegalArgumentException(
                    "A yard lasts from %d to %d seconds, not %d"
                            .formatted(FEWEST_SECONDS, MOST_SECONDS, seconds));
        }
        List<Course> courses = ScriptWriter.write(seed, seconds, options);
        return new ScriptedYard(seconds, courses, ConditionScript.write(seed, seconds, courses));
    }

    /** Writes the day that a seed names wherever nothing else is asked for: neither busy nor quiet. */
    public static ScriptedYard day(long seed) {
        return of(
                seed,
                SECONDS_OF_A_DAY,
                YardOptions.of(seed).withMeanSecondsBetweenArrivals(USUAL_TRAFFIC));
    }

    @Override
    public int seconds() {
        return seconds;
    }

    @Override
    public List<Visit> visits() {
        return visits;
    }

    @Override
    public Moment at(int second) {
        if (second < 0 || second >= seconds) {
            throw new IndexOutOfBoundsException(
                    "Second %d is not in a yard of %d seconds".formatted(second, seconds));
        }
        List<Sighting> sightings = new ArrayList<>();
        for (int id : visitsOfBlock[second / BLOCK]) {
            Course course = courses.get(id);
            if (course.visit().present(second)) {
                sightings.add(new Sighting(course.visit(), course.spotAt(second), 1));
            }
        }
        return new Moment(second, conditions.at(second), Visibility.measured(sightings, second));
    }

    private static int[][] index(int seconds, List<Visit> visits) {
        int[][] blocks = new int[(seconds + BLOCK - 1) / BLOCK][0];
        for (Visit visit : visits) {
            for (int block = visit.from() / BLOCK; block <= (visit.to() - 1) / BLOCK; block++) {
                int[] ids = Arrays.copyOf(blocks[block], blocks[block].length + 1);
                ids[ids.length - 1] = visit.id();
                blocks[block] = ids;
            }
        }
        return blocks;
    }
}
