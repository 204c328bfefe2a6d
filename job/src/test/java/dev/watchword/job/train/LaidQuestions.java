package dev.watchword.job.train;

import dev.watchword.model.training.TrainingBatch;

/** Finds questions in a batch. Questions are numbered through all histories. */
final class LaidQuestions {
    private LaidQuestions() {}

    /** The question of which a token is, by the token's place among those of all questions. */
    static int at(TrainingBatch.Questions questions, long place) {
        int history = (int) place / tokens(questions);
        return history * questions.asked() + (int) questions.numbers()[(int) place];
    }

    /** Where among all ids a token of a question is; {@code front} stand before the questions. */
    static int id(TrainingBatch.Questions questions, int front, long place) {
        return ((int) place / tokens(questions) + 1) * front + (int) place;
    }

    /** Where among the tokens of all questions a question begins. */
    static int begin(TrainingBatch.Questions questions, int question) {
        int place = question / questions.asked() * tokens(questions);
        while (questions.numbers()[place] != question % questions.asked()) {
            place++;
        }
        return place;
    }

    private static int tokens(TrainingBatch.Questions questions) {
        return questions.slots() * questions.length();
    }
}
