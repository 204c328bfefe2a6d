package dev.watchword.job.questions;

import dev.watchword.job.yard.Colour;
import dev.watchword.job.yard.Conditions;
import dev.watchword.job.yard.Daylight;
import dev.watchword.job.yard.Kind;
import dev.watchword.job.yard.Moment;
import dev.watchword.job.yard.Sighting;
import dev.watchword.job.yard.Visit;
import java.util.Optional;

/** Something that one picture shows or does not show. */
public sealed interface Fact {
    /** Returns whether it is so in a picture. */
    Verdict in(Moment moment);

    /** A thing of this kind, and colour if one is given, is there. */
    record Present(Kind kind, Optional<Colour> colour) implements Fact {
        @Override
        public Verdict in(Moment moment) {
            Verdict verdict = Verdict.NO;
            for (Sighting sighting : moment.sightings()) {
                if (!matches(sighting.visit()) || sighting.visible() <= 0) {
                    continue;
                }
                if (sighting.visible() >= Truth.CLEAR) {
                    return Verdict.YES;
                }
                verdict = Verdict.UNCLEAR;
            }
            return verdict;
        }

        private boolean matches(Visit visit) {
            return visit.kind() == kind
                    && (colour.isEmpty() || visit.colour() == colour.orElseThrow());
        }
    }

    /** A state of the yard itself. */
    enum State implements Fact {
        GATE_OPEN,
        GATE_CLOSED,
        DOOR_OPEN,
        DOOR_CLOSED,
        LAMP_ON,
        LAMP_OFF,
        RAINING,
        DRY,
        DAY,
        DUSK,
        NIGHT;

        @Override
        public Verdict in(Moment moment) {
            return holds(moment.conditions()) ? Verdict.YES : Verdict.NO;
        }

        /** Returns whether it is so under these conditions. */
        public boolean holds(Conditions conditions) {
            return switch (this) {
                case GATE_OPEN -> conditions.gateOpen();
                case GATE_CLOSED -> !conditions.gateOpen();
                case DOOR_OPEN -> conditions.doorOpen();
                case DOOR_CLOSED -> !conditions.doorOpen();
                case LAMP_ON -> conditions.lampOn();
                case LAMP_OFF -> !conditions.lampOn();
                case RAINING -> conditions.raining();
                case DRY -> !conditions.raining();
                case DAY -> conditions.daylight() == Daylight.DAY;
                case DUSK -> conditions.daylight() == Daylight.DUSK;
                case NIGHT -> conditions.daylight() == Daylight.NIGHT;
            };
        }
    }
}
