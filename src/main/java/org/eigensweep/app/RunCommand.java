package org.eigensweep.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.Settings;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.report.SummaryTable;
import org.eigensweep.spark.SweepJob;
import org.eigensweep.spark.SweepReport;
import org.eigensweep.spark.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a sweep from settings to tables. */
@Command(
    name = "run",
    description = "Runs the sweep of a settings file on Spark and writes its tables.",
    footer = {
      "",
      "Examples:",
      "  submit/local run conf/quickstart.conf",
      "  submit/local run my.conf --set training.steps=500 --set output=results/short",
      "  EIGENSWEEP_MASTER=spark://host:7077 submit/standalone run my.conf",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONF", description = "Settings file (HOCON).")
  private Path file;

  @Option(
      names = "--save-models",
      paramLabel = "STEPS",
      description =
          "Leave each trial's parameters at these steps as DL4J zips, for example 0,500,1000:"
              + " measure.save-models=[0,500,1000].")
  private String saveModels;

  @Mixin private SettingsOptions options;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration hadoop = Session.fileSystems();
    Settings settings = options.read(file, savedModels(), hadoop);
    // Before Spark: a wrong path must cost a second, not the start of a cluster.
    SweepProblem problem = settings.sweep().problem().load(hadoop);
    SweepReport report =
        SweepJob.run(
            settings.sweep(),
            problem,
            settings.placement(),
            settings.output(),
            settings.checkpoints(),
            BuildInfo.provenance(settings.resolved()),
            console.err());
    console.out().println(SummaryTable.render(report.trials()).stripTrailing());
    console
        .out()
        .printf(
            "%nTables in %s, after %.0f s. For figures: submit/local report %s%n",
            report.output(), report.seconds(), ShellWord.of(report.output()));
    return ExitStatus.OK;
  }

  private List<Assignment> savedModels() {
    return saveModels == null
        ? List.of()
        : List.of(
            new Assignment("--save-models", "measure.save-models", "[%s]".formatted(saveModels)));
  }
}
