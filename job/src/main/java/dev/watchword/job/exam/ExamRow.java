package dev.watchword.job.exam;

import java.util.Optional;

/**
 * A line of the exam's table.
 *
 * @param family what was asked, such as {@code now-count}
 * @param length frames of history; 1: the last frame alone
 * @param pairs {@code all}; or {@code left-out}, only of pairs that were left out of training; or
 *     {@code shown}, of yards to which none of those comes
 * @param score of the answers
 * @param majority the share that the most frequent answer of other papers gets right
 * @param blind the share that is right without frames
 * @param lastFrame the share that is right from the last frame alone
 * @param mean the share that is right from the mean of the tokens
 * @param cited of the right answers which rest on something that is to be seen: the share whose
 *     heaviest frame shows it
 * @param citedByChance the share that a frame drawn at random would show
 * @param falseAlarms of standing wishes: the share of seconds answered "now" long before it was so
 */
public record ExamRow(
        String family,
        int length,
        String pairs,
        Score score,
        Optional<Double> majority,
        Optional<Double> blind,
        Optional<Double> lastFrame,
        Optional<Double> mean,
        Optional<Double> cited,
        Optional<Double> citedByChance,
        Optional<Double> falseAlarms) {}
