package dev.watchword.job.exam;

import dev.watchword.job.questions.Family;
import dev.watchword.job.questions.YardQuestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All questions about histories of one length.
 *
 * @param length of the histories in frames, at least; 1 asks about the last frame alone
 */
record Paper(int length, List<Sheet> sheets) {
    Paper {
        sheets = List.copyOf(sheets);
    }

    /** The questions, sheet by sheet. */
    Stream<YardQuestion> questions() {
        return sheets.stream()
                .flatMap(sheet -> sheet.looks().stream())
                .flatMap(look -> look.questions().stream());
    }

    /** The same paper, whose streams' names begin with a prefix. */
    Paper named(String prefix) {
        return new Paper(length, sheets.stream().map(sheet -> sheet.named(prefix)).toList());
    }

    /** The most frequent answer to the questions of a family; nothing if there is no question. */
    String mostFrequentAnswer(Family family) {
        Map<String, Integer> counts = new HashMap<>();
        questions()
                .filter(question -> question.family() == family)
                .forEach(question -> counts.merge(question.answer(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(
                        Map.Entry.<String, Integer>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
