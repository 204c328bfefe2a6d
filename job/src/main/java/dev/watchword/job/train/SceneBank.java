package dev.watchword.job.train;

import dev.watchword.job.yard.Appearance;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Pair;
import dev.watchword.job.yard.Population;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Shades;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.model.picture.BicubicResize;
import dev.watchword.model.picture.Picture;
import dev.watchword.model.picture.PictureDecoder;
import dev.watchword.model.picture.PictureLimits;
import dev.watchword.model.picture.UndecodablePictureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Short yards with all their pictures, as the network sees them, in files. Yards come in groups; those
 * of a group have the same population, so that they can be joined to a longer one. In the first and
 * the last seconds of each there is nothing but the yard. Things are drawn in any shade of their
 * colours ({@link Shades#ANY}), so that no paint is known by one of its three values alone.
 *
 * <p>Reading is safe for many threads.
 */
final class SceneBank {
    /** Seconds of each yard. */
    static final int SECONDS = 64;

    /** Yards of each group. */
    static final int GROUP = 16;

    private static final Shades SHADES = Shades.ANY;
    private static final int PICTURE = 3 * BundledModel.SIDE * BundledModel.SIDE;
    private static final double BUSIEST = 3;
    private static final double QUIETEST = 60;

    /** Seeds of training have the top bit clear; those of exams have it set. */
    private static final long TRAINING = Long.MAX_VALUE;

    private final List<Yard> yards;
    private final List<MappedByteBuffer> groups;
    private final Set<Pair> leftOut;

    private SceneBank(List<Yard> yards, List<MappedByteBuffer> groups, Set<Pair> leftOut) {
        this.yards = yards;
        this.groups = groups;
        this.leftOut = leftOut;
    }

    /**
     * Opens the bank in a folder, and draws what is not there yet.
     *
     * @param line told how far the drawing is; from any thread
     */
    static SceneBank open(Path folder, TrainingPlan plan, Consumer<String> line)
            throws IOException {
        Files.createDirectories(folder);
        List<Yard> yards = new ArrayList<>();
        for (int yard = 0; yard < plan.groups() * GROUP; yard++) {
            yards.add(yard(plan.seed(), yard, plan.leftOut()));
        }
        AtomicInteger done = new AtomicInteger();
        List<MappedByteBuffer> files =
                IntStream.range(0, plan.groups())
                        .parallel()
                        .mapToObj(
                                group -> {
                                    MappedByteBuffer file = file(folder, plan.seed(), group, yards);
                                    line.accept(
                                            "drawing: %d of %d groups of yards"
                                                    .formatted(
                                                            done.incrementAndGet(), plan.groups()));
                                    return file;
                                })
                        .toList();
        return new SceneBank(List.copyOf(yards), files, plan.leftOut());
    }

    private static Yard yard(long seed, int index, Set<Pair> barred) {
        SplittableRandom group = new SplittableRandom(seed * 31 + index / GROUP);
        Population population = Population.of(group.nextLong() & TRAINING, barred);
        SplittableRandom own = new SplittableRandom(seed * 37 + index);
        double between = BUSIEST * Math.pow(QUIETEST / BUSIEST, own.nextDouble());
        return ScriptedYard.of(
                own.nextLong() & TRAINING, SECONDS, new YardOptions(population, between, true));
    }

    private static MappedByteBuffer file(Path folder, long seed, int group, List<Yard> yards) {
        Path path = folder.resolve("yards-%d-%04d".formatted(seed, group));
        try {
            if (!Files.exists(path)) {
                Path unfinished = Files.createTempFile(folder, "drawing", "");
                draw(unfinished, seed, group, yards);
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Drawing yards into " + path, e);
        }
    }

    private static void draw(Path path, long seed, int group, List<Yard> yards) throws IOException {
        PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULT);
        ByteBuffer bytes = ByteBuffer.allocate(GROUP * SECONDS * PICTURE);
        for (int yard = group * GROUP; yard < (group + 1) * GROUP; yard++) {
            YardPainter painter =
                    new YardPainter(
                            YardPainter.SIDE,
                            new SplittableRandom(seed * 41 + yard).nextLong() & TRAINING,
                            SHADES);
            for (int second = 0; second < SECONDS; second++) {
                bytes.put(seen(decoder, painter.jpeg(yards.get(yard), second)));
            }
        }
        Files.write(path, bytes.array());
    }

    /** The picture as the network sees it: decoded, made smaller, [3, side, side]. */
    private static byte[] seen(PictureDecoder decoder, byte[] jpeg) {
        Picture picture;
        try {
            picture = decoder.decode(jpeg);
        } catch (UndecodablePictureException e) {
            throw new IllegalStateException("A picture that was just drawn cannot be read", e);
        }
        int side = BundledModel.SIDE;
        byte[] rgb = BicubicResize.resize(picture, side, side).rgb();
        byte[] planes = new byte[rgb.length];
        for (int i = 0; i < side * side; i++) {
            for (int channel = 0; channel < 3; channel++) {
                planes[channel * side * side + i] = rgb[3 * i + channel];
            }
        }
        return planes;
    }

    /** Returns the bank of the first half of the groups, at least one. */
    SceneBank half() {
        int half = Math.max(1, groups.size() / 2);
        return new SceneBank(yards.subList(0, half * GROUP), groups.subList(0, half), leftOut);
    }

    /** Returns how many yards there are; groups stand together. */
    int size() {
        return yards.size();
    }

    /** Returns a yard's script. */
    Yard yard(int index) {
        return yards.get(index);
    }

    /** Returns the pairs that come to no yard. */
    Set<Pair> leftOut() {
        return leftOut;
    }

    /** Returns what the state heads are to tell of a second of a yard. */
    int[] states(int yard, int second) {
        Moment moment = yard(yard).at(second);
        return SceneStates.of(moment, looks(moment), leftOut);
    }

    /** Returns how the things look that are there at a moment of a yard of the bank. */
    static Map<Sighting, Appearance> looks(Moment moment) {
        return Appearance.of(moment, SHADES);
    }

    /** Returns the picture of a second of a yard, bytes [3, side, side]. */
    byte[] picture(int yard, int second) {
        byte[] picture = new byte[PICTURE];
        groups.get(yard / GROUP).get((yard % GROUP * SECONDS + second) * PICTURE, picture);
        return picture;
    }
}
