package dev.watchword.job.yard;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can be seen in a yard. */
public enum Kind {
    CAR,
    VAN,
    BICYCLE,
    PERSON,
    DOG,
    PARCEL;

    /** The kinds that ride or drive, in their order here. */
    public static final Set<Kind> ON_WHEELS =
            Collections.unmodifiableSet(EnumSet.of(CAR, VAN, BICYCLE));
}
