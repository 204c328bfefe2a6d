package dev.watchword.job.yard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class YardPainterTest {
    private static final int SECOND = 10;

    private final YardPainter painter = new YardPainter(YardPainter.SIDE, 4);
    private final Yard script =
            ScriptedYard.of(11, 200, YardOptions.of(11).withMeanSecondsBetweenArrivals(6));

    @ParameterizedTest
    @EnumSource(Daylight.class)
    void aThingIsDrawnInItsColour(Daylight daylight) {
        for (boolean raining : new boolean[] {false, true}) {
            Conditions conditions = new Conditions(false, false, false, daylight, raining);
            BufferedImage empty = painter.paint(still(conditions, List.of()), SECOND);
            for (Pair pair : Population.allPairs()) {
                BufferedImage image = painter.paint(with(pair, conditions), SECOND);
                assertThat(colourOfWhatChanged(empty, image, daylight, coloursOf(pair.kind())))
                        .as("%s by %s, rain %s", pair, daylight, raining)
                        .isEqualTo(pair.colour());
            }
        }
    }

    @Test
    void aThingAloneIsWhollyVisible() {
        Conditions conditions = new Conditions(false, false, false, Daylight.DAY, false);
        for (Pair pair : Population.allPairs()) {
            assertThat(with(pair, conditions).at(SECOND).sightings())
                    .extracting(Sighting::visible)
                    .containsExactly(1.0);
        }
    }

    @Test
    void whoStandsBehindAVanIsHiddenInPart() {
        Conditions conditions = new Conditions(true, false, false, Daylight.DAY, false);
        Visit bicycle = visit(0, new Pair(Colour.RED, Kind.BICYCLE), Spot.RACK_2);
        Visit van = visit(1, new Pair(Colour.BLUE, Kind.VAN), Spot.LANE);
        Visit parked = visit(2, new Pair(Colour.BLUE, Kind.VAN), Spot.BAY_2);
        Visit walker = visit(3, new Pair(Colour.BLUE, Kind.PERSON), Spot.NEAR_PATH);
        List<Sighting> sightings =
                still(conditions, List.of(bicycle, van, parked, walker)).at(SECOND).sightings();
        assertThat(sightings.get(0).visible()).isBetween(0.5, 1.0);
        assertThat(sightings.get(1).visible()).isBetween(0.5, 1.0);
        assertThat(sightings.get(3).visible()).isEqualTo(1.0);
    }

    @Test
    void theSameSecondGivesTheSamePictureWhateverWasPaintedBefore() {
        BufferedImage once = painter.paint(script, 50);
        painter.paint(script, 150);
        assertThat(pixels(painter.paint(script, 50))).isEqualTo(pixels(once));
        assertThat(pixels(new YardPainter(YardPainter.SIDE, 4).paint(script, 50)))
                .isEqualTo(pixels(once));
        assertThat(painter.jpeg(script, 50)).isEqualTo(painter.jpeg(script, 50));
    }

    @Test
    void anotherCameraSeesItOtherwise() {
        assertThat(pixels(new YardPainter(YardPainter.SIDE, 5).paint(script, 50)))
                .isNotEqualTo(pixels(painter.paint(script, 50)));
    }

    @Test
    void paintersInSeveralThreadsDrawTheSame() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<List<byte[]>>> drawn = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                drawn.add(
                        threads.submit(
                                () -> {
                                    YardPainter own = new YardPainter(96, 4);
                                    return IntStream.range(0, 60)
                                            .mapToObj(second -> own.jpeg(script, second))
                                            .toList();
                                }));
            }
            List<byte[]> first = drawn.get(0).get();
            for (Future<List<byte[]>> other : drawn) {
                for (int second = 0; second < first.size(); second++) {
                    assertThat(other.get().get(second)).isEqualTo(first.get(second));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void atAnotherSideItIsTheSameDrawing() {
        BufferedImage small = painter.paint(script, 60);
        BufferedImage large = new YardPainter(2 * YardPainter.SIDE, 4).paint(script, 60);
        long difference = 0;
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 24; x++) {
                difference +=
                        Math.abs(
                                new Color(mean(small, x * 8, y * 8, 8)).getGreen()
                                        - new Color(mean(large, x * 16, y * 16, 16)).getGreen());
            }
        }
        assertThat(difference / (24 * 24)).isLessThan(6);
    }

    @Test
    void everyConditionShows() {
        Conditions plain = new Conditions(false, false, false, Daylight.NIGHT, false);
        int[] before = pixels(painter.paint(still(plain, List.of()), SECOND));
        for (Conditions other :
                List.of(
                        new Conditions(true, false, false, Daylight.NIGHT, false),
                        new Conditions(false, true, false, Daylight.NIGHT, false),
                        new Conditions(false, false, true, Daylight.NIGHT, false),
                        new Conditions(false, false, false, Daylight.DUSK, false),
                        new Conditions(false, false, false, Daylight.NIGHT, true))) {
            int[] after = pixels(painter.paint(still(other, List.of()), SECOND));
            long changed =
                    IntStream.range(0, before.length)
                            .filter(index -> distance(before[index], after[index]) > 40)
                            .count();
            assertThat(changed).as(other.toString()).isGreaterThan(150);
        }
    }

    @Test
    void aJpegIsAPictureOfTheSide() throws IOException {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(painter.jpeg(script, 3)));
        assertThat(read.getWidth()).isEqualTo(YardPainter.SIDE);
        assertThat(read.getHeight()).isEqualTo(YardPainter.SIDE);
    }

    @Test
    void aTinySideIsRefused() {
        assertThatThrownBy(() -> new YardPainter(8, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 8");
    }

    @Test
    void shadesChangeNothingButThings() {
        YardPainter other = new YardPainter(YardPainter.SIDE, 4, Shades.ANY);
        Conditions conditions = new Conditions(false, false, false, Daylight.DAY, false);
        Yard empty = still(conditions, List.of());
        assertThat(pixels(other.paint(empty, SECOND)))
                .isEqualTo(pixels(painter.paint(empty, SECOND)));
        assertThat(IntStream.iterate(0, second -> second < 200, second -> second + 20))
                .anyMatch(
                        second ->
                                !Arrays.equals(
                                        pixels(other.paint(script, second)),
                                        pixels(painter.paint(script, second))));
    }

    /** A yard in which nothing changes. */
    private record StillYard(List<Visit> visits, Conditions conditions) implements Yard {
        @Override
        public int seconds() {
            return 30;
        }

        @Override
        public Moment at(int second) {
            List<Sighting> sightings =
                    visits.stream().map(visit -> new Sighting(visit, visit.spot(), 1)).toList();
            return new Moment(second, conditions, Visibility.measured(sightings, second));
        }
    }

    private static Yard still(Conditions conditions, List<Visit> visits) {
        return new StillYard(visits, conditions);
    }

    private static Yard with(Pair pair, Conditions conditions) {
        Spot spot =
                switch (pair.kind()) {
                    case CAR, VAN -> Spot.BAY_2;
                    case BICYCLE -> Spot.RACK_1;
                    case PERSON, DOG -> Spot.NEAR_PATH;
                    case PARCEL -> Spot.DOORSTEP_1;
                };
        return still(conditions, List.of(visit(0, pair, spot)));
    }

    private static Visit visit(int id, Pair pair, Spot spot) {
        return new Visit(id, pair.kind(), pair.colour(), spot, 0, 30, OptionalInt.empty());
    }

    private static List<Colour> coloursOf(Kind kind) {
        return Population.allPairs().stream()
                .filter(pair -> pair.kind() == kind)
                .map(Pair::colour)
                .toList();
    }

    private static Colour colourOfWhatChanged(
            BufferedImage empty, BufferedImage image, Daylight daylight, List<Colour> among) {
        Map<Colour, Integer> counts = new EnumMap<>(Colour.class);
        double bright =
                switch (daylight) {
                    case DAY -> 1;
                    case DUSK -> 0.8;
                    case NIGHT -> 0.55;
                };
        int[] before = pixels(empty);
        int[] after = pixels(image);
        for (int index = 0; index < before.length; index++) {
            if (distance(before[index], after[index]) > 90 * bright) {
                nearest(after[index], bright, among)
                        .ifPresent(colour -> counts.merge(colour, 1, Integer::sum));
            }
        }
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }

    /** Returns the colour of the palette that a pixel has, if it has one clearly. */
    private static Optional<Colour> nearest(int pixel, double bright, List<Colour> among) {
        Optional<Colour> best = Optional.empty();
        int least = (int) (130 * bright);
        for (Colour colour : among) {
            Color shade = Palette.usual(colour, 1);
            int lit =
                    new Color(
                                    (int) (shade.getRed() * bright),
                                    (int) (shade.getGreen() * bright),
                                    (int) (shade.getBlue() * bright))
                            .getRGB();
            int distance = distance(pixel, lit);
            if (distance < least) {
                least = distance;
                best = Optional.of(colour);
            }
        }
        return best;
    }

    private static int distance(int one, int other) {
        return Math.abs((one >> 16 & 0xff) - (other >> 16 & 0xff))
                + Math.abs((one >> 8 & 0xff) - (other >> 8 & 0xff))
                + Math.abs((one & 0xff) - (other & 0xff));
    }

    private static int mean(BufferedImage image, int left, int top, int side) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int pixel : image.getRGB(left, top, side, side, null, 0, side)) {
            red += pixel >> 16 & 0xff;
            green += pixel >> 8 & 0xff;
            blue += pixel & 0xff;
        }
        int count = side * side;
        return new Color(red / count, green / count, blue / count).getRGB();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
