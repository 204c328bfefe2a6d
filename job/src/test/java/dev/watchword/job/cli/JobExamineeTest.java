package dev.watchword.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.job.exam.DirectModel;
import dev.watchword.job.exam.Examinee;
import dev.watchword.job.exam.Examinee.FollowUp;
import dev.watchword.job.exam.Examinee.Sitting;
import dev.watchword.job.exam.Reply;
import dev.watchword.job.exam.View;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.settings.Environment;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import dev.watchword.job.settings.SettingsReader;
import dev.watchword.job.yard.ScriptedYard;
import dev.watchword.job.yard.Yard;
import dev.watchword.job.yard.YardOptions;
import dev.watchword.job.yard.YardPainter;
import dev.watchword.memory.KeyframePolicy;
import dev.watchword.model.untrained.UntrainedModel;
import dev.watchword.model.untrained.UntrainedShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the model answers alone, the job must answer as well. */
class JobExamineeTest {
    private static final int FRAMES = 60;
    private static final List<String> QUESTIONS =
            List.of("Is the gate open?", "how many cars came", "What colour was the van?");

    private static final List<FollowUp> FOLLOW_UPS =
            List.of(
                    new FollowUp("Is the gate open?", "What about the door?"),
                    new FollowUp("Was there a van?", "What colour was it?"));

    @TempDir private static Path model;

    private static Settings settings(String bootstrap) {
        List<Flag> flags =
                Stream.of(
                                "kafka.bootstrap=" + bootstrap,
                                "kafka.embedded-port=0",
                                "model.device=cpu",
                                "model.precision=float32",
                                "model.threads=1",
                                "memory.keyframes-recent=4",
                                "memory.keyframes-sample=6")
                        .map(Flag::set)
                        .toList();
        return SettingsReader.read(Optional.empty(), flags, Environment.empty());
    }

    private static IntFunction<byte[]> camera(long seed) {
        Yard yard = ScriptedYard.of(seed, FRAMES, YardOptions.of(seed));
        YardPainter painter = new YardPainter(64, seed);
        return second -> painter.jpeg(yard, second);
    }

    /** Two streams side by side, asked in every way. */
    private static List<Reply> answers(Examinee examinee) throws InterruptedException {
        List<Reply> answers = new ArrayList<>();
        try (Sitting one = examinee.sit("one", camera(1));
                Sitting other = examinee.sit("other", camera(2))) {
            for (int frames : new int[] {3, FRAMES}) {
                one.show(frames);
                other.show(frames);
                for (Sitting sitting : List.of(one, other)) {
                    answers.addAll(sitting.answer(View.HISTORY, QUESTIONS));
                    sitting.answer(View.LAST_FRAME, QUESTIONS.subList(0, 1))
                            .forEach(reply -> answers.add(withoutCitation(reply)));
                }
            }
            one.answerWithin(10, 30, QUESTIONS)
                    .forEach(reply -> answers.add(withoutCitation(reply)));
            Stream.concat(
                            one.answerFollowUps(FOLLOW_UPS).stream(),
                            examinee.answerTogether(List.of(one, other), QUESTIONS).stream())
                    .forEach(text -> answers.add(new Reply(text, OptionalLong.empty())));
        }
        return answers;
    }

    /** The model alone names no frame where there is only one. */
    private static Reply withoutCitation(Reply reply) {
        return new Reply(reply.text(), OptionalLong.empty());
    }

    @Test
    void theJobAnswersAsTheModelAloneDoes() throws Exception {
        UntrainedModel.of(UntrainedShapes.tiny(), 7).write(model);
        List<Reply> alone;
        try (DirectModel direct =
                DirectModel.open(
                        EngineConfigs.of(settings("embedded"), model),
                        new KeyframePolicy(4, 6, 2))) {
            alone = answers(direct.newExaminee());
        }
        try (JobExaminee job =
                JobExaminee.start(JobExamineeTest::settings, model, Timekeeper.system())) {
            assertThat(answers(job)).isEqualTo(alone);
        }
        assertThat(alone).hasSize(24);
        assertThat(alone.stream().distinct().count()).isGreaterThan(4);
    }
}
