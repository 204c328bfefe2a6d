package dev.watchword.job.yard;

/** What can be seen in a yard. */
public enum Kind {
    CAR,
    VAN,
    BICYCLE,
    PERSON,
    DOG,
    PARCEL
}
