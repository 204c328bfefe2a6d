package dev.watchword.schemas;

/** What JSON decoding does with a field, or an enum's symbol, that its schema does not have. */
enum UnknownNames {
    /** The record is refused: a mistyped name should be told to who typed it. */
    REFUSED,
    /** The field is passed over and the symbol becomes its enum's default: the writer is newer. */
    PASSED_OVER
}
