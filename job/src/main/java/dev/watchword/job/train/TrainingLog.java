package dev.watchword.job.train;

import dev.watchword.job.questions.Family;
import dev.watchword.model.training.BatchResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells how training goes: a line for people now and then, and a table in a file. */
final class TrainingLog {
    /** The name of the table's file. */
    static final String TABLE = "training.csv";

    private static final int EVERY = 25;

    private final Path table;
    private final Consumer<String> line;
    private double loss;
    private double answers;
    private double states;
    private double right;
    private double statesRight;
    private double worstState;
    private double events;
    private double eventsRight;
    private double momentsRight;
    private double orderRight;
    private int dated;
    private double ownersRight;
    private double combinedMomentsRight;
    private int combined;
    private int asking;
    private int count;
    private final Map<String, Topic> topics = new TreeMap<>();

    /**
     * @param line takes a line for people
     */
    TrainingLog(Path folder, Consumer<String> line) {
        this.table = folder.resolve(TABLE);
        this.line = line;
    }

    /** How many questions of a topic were asked, and how many answers were right. */
    private record Topic(int asked, double right) {
        Topic plus(Topic other) {
            return new Topic(asked + other.asked, right + other.right);
        }

        double share() {
            return right / asked;
        }
    }

    /**
     * Notes a batch.
     *
     * @param asked the topic of each question; none where nothing was asked
     */
    void batch(List<String> asked, BatchResult result) {
        loss += result.loss();
        states += result.stateLoss();
        statesRight += meanOfTold(result.statesRight());
        worstState += worst(result.statesRight());
        events += result.eventLoss();
        eventsRight += result.eventsRight();
        if (asked.contains(Family.WHICH_YARD.label())) {
            ownersRight += result.ownersRight();
            combinedMomentsRight += result.momentsRight();
            combined++;
        } else if (result.momentLoss() > 0) {
            momentsRight += result.momentsRight();
            orderRight += result.orderRight();
            dated++;
        }
        if (!asked.isEmpty()) {
            answers += result.answerLoss();
            right += mean(result.right());
            mark(asked, result.right());
            asking++;
        }
        count++;
    }

    /** Tells of the batches of a step, now and then together with those before. */
    void step(Stage stage, int step, double seconds, float norm) {
        if ((step + 1) % EVERY == 0 || step + 1 == stage.steps()) {
            write(stage, step, seconds, norm);
        }
    }

    private void mark(List<String> asked, float[] answered) {
        for (int i = 0; i < asked.size(); i++) {
            topics.merge(asked.get(i), new Topic(1, answered[i]), Topic::plus);
        }
    }

    /** The mean over the batches that ask something. */
    private double overAsking(double sum) {
        return sum / Math.max(1, asking);
    }

    private static double mean(float[] shares) {
        double sum = 0;
        for (float share : shares) {
            sum += share;
        }
        return sum / shares.length;
    }

    /** A head that nothing is told has no share. */
    private static double meanOfTold(float[] shares) {
        double sum = 0;
        int told = 0;
        for (float share : shares) {
            sum += share;
            told += share > 0 ? 1 : 0;
        }
        return sum / Math.max(1, told);
    }

    private static double worst(float[] shares) {
        double worst = 1;
        for (float share : shares) {
            worst = share > 0 ? Math.min(worst, share) : worst;
        }
        return worst;
    }

    /** Says of answers and events only where there are some. */
    private String told(Stage stage, int step, double seconds, float norm) {
        StringBuilder told = new StringBuilder();
        told.append(
                "%s: step %d of %d, %.0f s, loss %.4f"
                        .formatted(stage.name(), step + 1, stage.steps(), seconds, loss / count));
        if (stage.lesson().asks()) {
            told.append(
                    ", answers %.4f nats and %.1f%% right"
                            .formatted(overAsking(answers), 100 * overAsking(right)));
            told.append(
                    topics.entrySet().stream()
                            .map(
                                    topic ->
                                            "%s %.0f"
                                                    .formatted(
                                                            topic.getKey(),
                                                            100 * topic.getValue().share()))
                            .collect(Collectors.joining(", ", " (", ")")));
        }
        told.append(
                ", states %.4f nats, %.2f%% right, the worst %.1f%%"
                        .formatted(
                                states / count,
                                100 * statesRight / count,
                                100 * worstState / count));
        if (stage.lesson().hasHistories()) {
            told.append(
                    ", events %.4f nats and %.1f%% told"
                            .formatted(events / count, 100 * eventsRight / count));
        }
        if (stage.lesson().hasHistories() && dated > 0) {
            told.append(
                    ", moments %.1f%% and order %.1f%% told"
                            .formatted(100 * momentsRight / dated, 100 * orderRight / dated));
        }
        if (combined > 0) {
            told.append(
                    ", moments in several yards %.1f%% and yards %.1f%% told"
                            .formatted(
                                    100 * combinedMomentsRight / combined,
                                    100 * ownersRight / combined));
        }
        return told.append(", norm %.2f".formatted(norm)).toString();
    }

    private void write(Stage stage, int step, double seconds, float norm) {
        line.accept(told(stage, step, seconds, norm));
        try {
            Files.writeString(
                    table,
                    String.format(
                            Locale.ROOT,
                            "%s,%d,%.1f,%.5f,%.5f,%.5f,%.5f,%.5f%n",
                            stage.name(),
                            step + 1,
                            seconds,
                            loss / count,
                            overAsking(answers),
                            overAsking(right),
                            states / count,
                            statesRight / count),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing " + table, e);
        }
        loss = answers = states = right = statesRight = worstState = events = eventsRight = 0;
        momentsRight = 0;
        orderRight = 0;
        dated = 0;
        ownersRight = 0;
        combinedMomentsRight = 0;
        combined = 0;
        asking = 0;
        count = 0;
        topics.clear();
    }
}
