package dev.watchword.job.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What befalls the job: frames, questions and faults, all at their time. For one thread each. */
final class SoakTraffic {
    private final SoakPlan plan;
    private final SoakSender sender;
    private final SoakCluster cluster;
    private final List<FaultWatch> watches;
    private final SoakClock clock;
    private final Consumer<String> notes;

    /**
     * @param watches takes one of each fault; from any thread
     */
    SoakTraffic(
            SoakPlan plan,
            SoakSender sender,
            SoakCluster cluster,
            List<FaultWatch> watches,
            SoakClock clock,
            Consumer<String> notes) {
        this.plan = plan;
        this.sender = sender;
        this.cluster = cluster;
        this.watches = watches;
        this.clock = clock;
        this.notes = notes;
    }

    /** Sends what is due when it is due, however the job fares. */
    void send() throws InterruptedException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        double betweenFrames = 1e9 / (plan.streams() * plan.framesPerSecond());
        double betweenQuestions = 1e9 / plan.questionsPerSecond();
        long frames = 0;
        double question = random.nextDouble() * betweenQuestions;
        double due = 0;
        while (due < plan.time().toNanos()) {
            clock.sleepUntil(Duration.ofNanos(Math.round(due)));
            if (due < question) {
                sender.frame((int) (frames % plan.streams()));
                frames++;
            } else {
                ask(random);
                question += 2 * random.nextDouble() * betweenQuestions;
            }
            sender.requireTaken();
            due = Math.min(frames * betweenFrames, question);
        }
    }

    private void ask(SplittableRandom random) {
        int stream = random.nextInt(plan.streams());
        switch (random.nextInt(4)) {
            case 0 -> sender.askLast(stream, 1 + random.nextInt(20));
            case 1 -> sender.askSettled(stream);
            default -> sender.askAll(stream);
        }
    }

    /** Lets the faults happen, each at its time. */
    void befall() throws IOException, InterruptedException {
        for (Fault fault : plan.faults()) {
            clock.sleepUntil(fault.at());
            notes.accept("%s  %s".formatted(clock, fault.kind().words()));
            FaultWatch watch = new FaultWatch(fault);
            watches.add(watch);
            cluster.befall(fault);
            sender.tell(watch);
            IntStream.range(0, plan.streams()).forEach(sender::askAll);
        }
    }
}
