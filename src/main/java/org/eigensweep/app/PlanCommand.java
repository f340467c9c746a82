package org.eigensweep.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.config.Settings;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.spark.KeptActivations;
import org.eigensweep.spark.SweepOutlook;
import org.eigensweep.spark.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what {@code run} would do and about what it would cost, without Spark. */
@Command(
    name = "plan",
    description =
        "Checks settings, data and output folder, lists the trials and their shared trunks, and"
            + " estimates what they cost from some seconds of their first steps; writes nothing.",
    footer = {
      "",
      "Examples:",
      "  submit/local plan my.conf",
      "  submit/local plan my.conf --probe 0",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class PlanCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "CONF", description = "Settings file (HOCON).")
  private Path file;

  @Option(
      names = "--probe",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description =
          "How long to try the first steps for the estimate (5 by default, three steps of each kind"
              + " at least); 0 estimates nothing and reads no data.")
  private double seconds;

  @Mixin private SettingsOptions options;

  @Spec private CommandSpec spec;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new ParameterException(
          spec.commandLine(), "--probe: found %s, expected 0 seconds or more".formatted(seconds));
    }
    Configuration hadoop = Session.fileSystems();
    Settings settings = options.read(file, hadoop);
    String plan = Plan.of(settings.sweep()).render();
    if (seconds == 0) {
      console.out().print(plan);
      return ExitStatus.OK;
    }
    SweepProblem problem = settings.sweep().problem().load(hadoop);
    SweepOutlook outlook =
        SweepOutlook.of(
            settings.sweep(),
            problem,
            settings.placement().device(),
            settings.output(),
            BuildInfo.provenance(settings.resolved()));
    console.out().print(plan);
    SweepProblem kept = KeptActivations.applyTo(problem, outlook.kept());
    console.out().print(new Forecast(settings, outlook).of(kept, seconds));
    return ExitStatus.OK;
  }
}
