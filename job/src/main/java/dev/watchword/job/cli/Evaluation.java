package dev.watchword.job.cli;

import dev.watchword.job.bench.Output;
import dev.watchword.job.exam.DirectModel;
import dev.watchword.job.exam.Exam;
import dev.watchword.job.exam.ExamPlan;
import dev.watchword.job.exam.ExamRow;
import dev.watchword.job.exam.ExamTable;
import dev.watchword.job.exam.Examinee;
import dev.watchword.job.retry.Timekeeper;
import dev.watchword.job.service.EngineConfigs;
import dev.watchword.job.service.ModelChoice;
import dev.watchword.job.settings.Flag;
import dev.watchword.job.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Holds an exam, and prints its table. */
final class Evaluation {
    private static final String DESCRIPTION =
            "Right answers, with their 95%% interval, beside what one gets without looking (seed %d).";

    private final CommandLine command;
    private final SettingsOptions options;
    private final ModelFlag model;
    private final List<ExamRow> rows = new ArrayList<>();

    Evaluation(CommandLine command, SettingsOptions options, ModelFlag model) {
        this.command = command;
        this.options = options;
        this.model = model;
    }

    int run(ExamPlan plan, boolean direct, boolean json) throws InterruptedException {
        Settings settings = settings("embedded");
        ModelChoice chosen = ModelChoice.of(settings.model());
        Timekeeper timekeeper = Timekeeper.system();
        try (ProgressLine line = ProgressLine.onStandardError(command.getErr(), timekeeper)) {
            if (!chosen.remark().isEmpty()) {
                line.note(chosen.remark());
            }
            try (DirectModel alone = alone(settings, chosen)) {
                Supplier<Examinee> examinees =
                        direct
                                ? alone::newExaminee
                                : () ->
                                        JobExaminee.start(
                                                this::settings, chosen.directory(), timekeeper);
                Optional<Examinee> baselines =
                        direct ? Optional.empty() : Optional.of(alone.newExaminee());
                new Exam(plan, examinees, baselines, line::show, row -> tell(row, json, line))
                        .run();
            }
            plan.missing(rows).forEach(line::note);
        }
        if (!json) {
            Output.TEXT.write(
                    List.of(DESCRIPTION.formatted(plan.seed())),
                    ExamTable.of(rows),
                    command.getOut());
        }
        return ExitCode.OK;
    }

    private Settings settings(String bootstrap) {
        List<Flag> own = new ArrayList<>(model.asSetting());
        own.add(new Flag("eval", "kafka.embedded-port", "0"));
        own.add(new Flag("eval", "kafka.bootstrap", bootstrap));
        return options.read(own);
    }

    private static DirectModel alone(Settings settings, ModelChoice model) {
        return DirectModel.open(
                EngineConfigs.of(settings, model.directory()), settings.memory().keyframes());
    }

    /** Tells each row when it is known: an exam takes long, and may be broken off. */
    private void tell(ExamRow row, boolean json, ProgressLine line) {
        rows.add(row);
        if (json) {
            Output.JSON.write(List.of(), ExamTable.of(List.of(row)), command.getOut());
        } else {
            line.note(
                    "%s, %s pairs, %,d frames: %.1f%% of %d right"
                            .formatted(
                                    row.family(),
                                    row.pairs(),
                                    row.length(),
                                    100 * row.score().accuracy(),
                                    row.score().questions()));
        }
    }
}
