package dev.watchword.job.yard;

import java.util.List;

/** All that is to be seen in one picture. */
public record Moment(int second, Conditions conditions, List<Sighting> sightings) {
    public Moment {
        sightings = List.copyOf(sightings);
    }
}
