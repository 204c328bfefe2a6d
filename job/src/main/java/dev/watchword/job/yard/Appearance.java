package dev.watchword.job.yard;

import java.awt.Color;
import java.util.HashMap;
import java.util.Map;

/**
 * How a thing looks to the camera, before light, weather, shake and what stands before it.
 *
 * @param paint the shade of what its colour is named after, a person's coat for one
 * @param box where it is drawn
 */
public record Appearance(Color paint, Box box) {
    /** Returns how everything looks that is there at a moment. */
    public static Map<Sighting, Appearance> of(Moment moment, Shades shades) {
        Map<Sighting, Appearance> looks = new HashMap<>();
        for (Placement placement : Placement.of(moment.sightings(), moment.second())) {
            looks.put(
                    placement.sighting(),
                    new Appearance(
                            shades.of(placement.sighting().visit().colour(), placement.look()),
                            new Box(
                                    placement.left() / YardPainter.UNITS,
                                    placement.top() / YardPainter.UNITS,
                                    (placement.left() + placement.width()) / YardPainter.UNITS,
                                    placement.foot() / YardPainter.UNITS)));
        }
        return looks;
    }
}
