package dev.watchword.job.yard;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Draws pictures of a yard side by side: moments that differ, in the order of time. */
public final class ContactSheet {
    private static final int COLUMNS = 4;
    private static final int ROWS = 3;
    private static final int SIDE = 290;
    private static final int GAP = 8;
    private static final int CANDIDATES = 4000;
    private static final double PLAIN = 0.85;
    private static final Color PAPER = new Color(0xf6f4ef);

    private ContactSheet() {}

    /** Draws a dozen moments of the first seconds of a yard, 1,200 pixels wide. */
    public static BufferedImage draw(Yard yard, int seconds, long cameraSeed) {
        YardPainter painter = new YardPainter(SIDE, cameraSeed);
        BufferedImage sheet =
                new BufferedImage(
                        COLUMNS * (SIDE + GAP) + GAP,
                        ROWS * (SIDE + GAP) + GAP,
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(PAPER);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        List<Integer> chosen = choose(yard, seconds, COLUMNS * ROWS);
        for (int index = 0; index < chosen.size(); index++) {
            graphics.drawImage(
                    painter.paintClean(yard, chosen.get(index)),
                    GAP + index % COLUMNS * (SIDE + GAP),
                    GAP + index / COLUMNS * (SIDE + GAP),
                    null);
        }
        graphics.dispose();
        return sheet;
    }

    /** Chooses seconds one by one, each for what it shows that those before did not. */
    static List<Integer> choose(Yard yard, int seconds, int count) {
        int step = Math.max(1, seconds / CANDIDATES);
        Map<Integer, Map<String, Double>> features = new HashMap<>();
        List<Integer> candidates = new ArrayList<>();
        for (int second = 0; second < seconds; second += step) {
            candidates.add(second);
            features.put(second, features(yard.at(second)));
        }
        Map<String, Integer> shown = new HashMap<>();
        List<Integer> chosen = new ArrayList<>();
        while (chosen.size() < count && !candidates.isEmpty()) {
            Integer best =
                    candidates.stream()
                            .max(
                                    Comparator.comparingDouble(
                                            second -> worth(features.get(second), shown)))
                            .orElseThrow();
            candidates.remove(best);
            chosen.add(best);
            features.get(best).keySet().forEach(feature -> shown.merge(feature, 1, Integer::sum));
        }
        chosen.sort(Comparator.naturalOrder());
        return chosen;
    }

    private static double worth(Map<String, Double> features, Map<String, Integer> shown) {
        return features.entrySet().stream()
                .mapToDouble(
                        feature ->
                                feature.getValue()
                                        / Math.pow(4, shown.getOrDefault(feature.getKey(), 0)))
                .sum();
    }

    /** What a picture shows, and how much a sheet wants it. */
    private static Map<String, Double> features(Moment moment) {
        Conditions conditions = moment.conditions();
        Map<String, Double> features = new HashMap<>();
        features.put("light " + conditions.daylight() + conditions.raining(), 5.0);
        features.put("light " + conditions.daylight(), 4.0);
        features.put("gate " + conditions.gateOpen(), 1.0);
        features.put("door " + conditions.doorOpen(), 1.0);
        features.put("lamp " + conditions.daylight() + conditions.lampOn(), 1.0);
        for (Sighting sighting : moment.sightings()) {
            if (sighting.visible() >= PLAIN) {
                Visit visit = sighting.visit();
                features.put("pair " + visit.pair(), 3.5);
                features.put("kind " + visit.kind(), 1.0);
                features.put("spot " + sighting.spot(), 1.0);
            }
        }
        features.put("things " + Math.min(5, moment.sightings().size()), 1.0);
        return features;
    }
}
