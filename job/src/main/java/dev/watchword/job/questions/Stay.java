package dev.watchword.job.questions;

import dev.watchword.job.yard.Visit;

/**
 * A visit as far as it was seen in a span.
 *
 * @param seen from the first second at which it was clearly seen to after the last such second
 * @param came whether it came within the span, and was not there from its beginning
 * @param left whether it left within the span, before its last second
 */
record Stay(Visit visit, Span seen, boolean came, boolean left) {}
