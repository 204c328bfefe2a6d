package dev.watchword.job.cli;

import dev.watchword.job.exam.Exam;
import dev.watchword.job.exam.Examinee;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.WatchwordService;
import dev.watchword.job.settings.Settings;
import dev.watchword.schemas.Query;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The whole job, with a broker of its own, as an examinee. */
final class JobExaminee implements Examinee {
    private static final String EMBEDDED = "embedded";

    private final WatchwordService service;
    private final JobTopics topics;

    private JobExaminee(WatchwordService service, JobTopics topics) {
        this.service = service;
        this.topics = topics;
    }

    /**
     * Starts the job.
     *
     * @param settings by the value of kafka.bootstrap
     */
    static JobExaminee start(
            Function<String, Settings> settings, Path model, Timekeeper timekeeper) {
        try {
            WatchwordService service =
                    WatchwordService.start(settings.apply(EMBEDDED), model, false, note -> {});
            try {
                Settings here = settings.apply(service.bootstrap());
                BrokerAccess broker = new BrokerAccess(here.kafka(), note -> {}, timekeeper);
                return new JobExaminee(service, JobTopics.open(broker));
            } catch (InterruptedException | RuntimeException e) {
                service.close();
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while the job started", e);
        }
    }

    @Override
    public Sitting sit(String stream, IntFunction<byte[]> pictures) {
        return new JobSitting(topics, stream, pictures);
    }

    @Override
    public List<String> answerTogether(List<Sitting> sittings, List<String> questions)
            throws InterruptedException {
        List<JobSitting> own = sittings.stream().map(JobSitting.class::cast).toList();
        for (JobSitting sitting : own) {
            sitting.awaitArrival();
        }
        List<String> streams = own.stream().map(JobSitting::stream).toList();
        List<String> answers = new ArrayList<>();
        for (String question : questions) {
            // One after the other: each takes the tokens of all streams along.
            String id =
                    topics.ask(
                            Query.newBuilder()
                                    .setStreams(streams)
                                    .setCombine(true)
                                    .setText(question)
                                    .setMaxTokens(Exam.MOST_TOKENS));
            topics.flush();
            answers.add(JobSitting.reply(topics.await(id)).text());
        }
        return answers;
    }

    @Override
    public void close() {
        topics.close();
        service.close();
    }
}
