package dev.watchword.job.cli;

import dev.watchword.job.demo.DemoScript;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the whole system at work, in one process, for half a minute. */
@Command(
        name = "demo",
        description = {
            "Shows the whole system at work in one process: a Kafka broker, the Flink job, cameras, questions.",
            "The cameras are over drawn yards, whose scripts know the true answers; they are printed beside.",
            "Needs nothing else, and ends by itself."
        },
        footer = {"", "Example:", "  watchword demo"})
final class DemoCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ModelFlag model;

    @Override
    public Integer call() throws Exception {
        return new Demo(spec.commandLine().getOut(), DemoScript.standard()).run(model.asSetting());
    }
}
