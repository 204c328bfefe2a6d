package dev.watchword.job.cli;

import dev.watchword.job.bench.Progress;
import dev.watchword.job.bench.serve.ServeFigures;
import dev.watchword.job.bench.serve.ServePlan;
import dev.watchword.job.bench.serve.ServedQuestion;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.schemas.Answer;
import dev.watchword.schemas.Status;
import dev.watchword.schemas.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Puts a load on a running job and reads what comes of it: one thread sends, the calling one reads
 * the answers.
 */
final class Serving {
    private static final int PICTURES = 60;
    private static final Duration LONGEST_POLL = Duration.ofMillis(100);

    /** After so long without an answer, those that are missing are lost. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BrokerAccess broker;
    private final Timekeeper timekeeper;
    private final ServePlan plan;
    private final Progress progress;
    private final List<ServedQuestion> served = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    Serving(BrokerAccess broker, ServePlan plan, Progress progress) {
        this.broker = broker;
        this.timekeeper = broker.timekeeper();
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Returns how it went.
     *
     * @throws CommandFailedException if the job does not begin to answer, or the broker refuses
     */
    ServeFigures run() throws InterruptedException {
        List<byte[]> pictures = pictures();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try (AnswersReader answers = AnswersReader.fromEnd(broker);
                ServeLoad load = new ServeLoad(broker, plan, pictures)) {
            awaitFirstFrames(load, answers);
            Future<?> sent =
                    sender.submit(
                            () -> {
                                load.run();
                                return null;
                            });
            read(load, answers, sent);
            long asked = load.asked().values().stream().filter(ServeLoad.Asked::counts).count();
            return new ServeFigures(load.countedFrames(), asked, served);
        } finally {
            sender.shutdownNow();
        }
    }

    private List<byte[]> pictures() {
        Yard yard = ScriptedYard.of(plan.seed(), PICTURES, YardOptions.of(plan.seed()));
        YardPainter painter = new YardPainter(YardPainter.SIDE, plan.seed());
        return IntStream.range(0, PICTURES).mapToObj(i -> painter.jpeg(yard, i)).toList();
    }

    /** Sends a frame of each stream and asks until each is seen. */
    private void awaitFirstFrames(ServeLoad load, AnswersReader answers)
            throws InterruptedException {
        progress.show(() -> "Waiting for the job to answer");
        long begin = timekeeper.nanoTime();
        for (int stream = 0; stream < plan.streams(); stream++) {
            load.sendFrame(stream);
            Optional<Answer> answer = Optional.empty();
            while (answer.isEmpty() || answer.get().getStatus() == Status.NO_FRAMES) {
                load.ask(stream, timekeeper.nanoTime(), false);
                answer = next(answers, begin + PATIENCE.toNanos());
                if (answer.isEmpty()) {
                    throw new CommandFailedException(
                            "the job gave no answer for %d seconds"
                                    .formatted(PATIENCE.toSeconds()));
                }
            }
            begin = timekeeper.nanoTime();
        }
    }

    private Optional<Answer> next(AnswersReader answers, long end) throws InterruptedException {
        while (timekeeper.nanoTime() < end) {
            for (Answer answer : answers.poll(LONGEST_POLL)) {
                if (seen.add(answer.getQueryId())) {
                    return Optional.of(answer);
                }
            }
        }
        return Optional.empty();
    }

    private void read(ServeLoad load, AnswersReader answers, Future<?> sent)
            throws InterruptedException {
        long lastCame = timekeeper.nanoTime();
        while (!sent.isDone() || seen.size() < load.asked().size()) {
            List<Answer> come = answers.poll(LONGEST_POLL);
            long now = timekeeper.nanoTime();
            for (Answer answer : come) {
                ServeLoad.Asked asked = load.asked().get(answer.getQueryId());
                if (asked != null && seen.add(answer.getQueryId())) {
                    lastCame = now;
                    if (asked.counts()) {
                        served.add(served(answer, asked, now));
                    }
                }
            }
            if (sent.isDone() && now - lastCame > PATIENCE.toNanos()) {
                return;
            }
            progress.show(
                    () -> "%d of %d questions answered".formatted(seen.size(), plan.questions()));
            requireSent(load, sent);
        }
        requireSent(load, sent);
    }

    private static void requireSent(ServeLoad load, Future<?> sent) throws InterruptedException {
        if (load.refusal() != null) {
            throw new CommandFailedException(
                    "the broker refused a record: " + load.refusal().getMessage(), load.refusal());
        }
        if (sent.isDone()) {
            try {
                sent.get();
            } catch (ExecutionException e) {
                throw new CommandFailedException(
                        "sending failed: " + e.getCause().getMessage(), e.getCause());
            }
        }
    }

    private static ServedQuestion served(Answer answer, ServeLoad.Asked asked, long now) {
        long seen = answer.getFrames().getLastSequence().map(last -> last + 1).orElse(0L);
        return new ServedQuestion(
                (now - asked.due()) / 1e6,
                answer.getTimings().map(Serving::work),
                Math.max(0, asked.framesSent() - seen));
    }

    private static ServedQuestion.Work work(Timings timings) {
        return new ServedQuestion.Work(
                timings.getQueued(), timings.getTotal() - timings.getQueued());
    }
}
