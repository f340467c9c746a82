package org.eigensweep.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eigensweep.spark.aggregate.AggregateJob;
import org.eigensweep.spark.aggregate.AggregateReport;
import org.eigensweep.spark.aggregate.AggregateRequest;
import org.eigensweep.spark.aggregate.Bootstrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws the tables of sweeps together over seeds. */
@Command(
    name = "aggregate",
    description =
        "Writes statistics over seeds of the tables of sweeps, finished or running: by step, as"
            + " differences to plain training, and to given losses.",
    footer = {
      "",
      "Examples:",
      "  submit/local aggregate results/quickstart",
      "  submit/local aggregate 'results/*' --output all",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class AggregateCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "Output folders of sweeps, on any path that Hadoop opens, or patterns as 'results/*'.")
  private List<String> folders;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder of the aggregates; earlier aggregates there are replaced. By default"
              + " DIR/aggregates, where there is one DIR.")
  private String output;

  @Option(
      names = "--quantity",
      paramLabel = "COLUMN",
      defaultValue =
          "train_loss,train_accuracy,test_loss,test_accuracy,gradient_norm,chi_gradient,chi_update,"
              + "chi_minibatch_gradient,update_norm,learning_rate_dominant,learning_rate_bulk,"
              + "sharpness,distance",
      split = ",",
      description =
          "Columns of the table steps to make statistics of. Repeatable. By default"
              + " ${DEFAULT-VALUE}.")
  private List<String> quantities;

  @Option(
      names = "--loss",
      paramLabel = "LOSS",
      defaultValue = "1,0.1,0.01,0.001",
      split = ",",
      description =
          "Training losses whose first step is looked for. Repeatable. By default"
              + " ${DEFAULT-VALUE}.")
  private List<Double> losses;

  @Option(
      names = "--resamples",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "Resamples of a bootstrap interval. By default ${DEFAULT-VALUE}.")
  private int resamples;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Seed of the resamples. By default ${DEFAULT-VALUE}.")
  private long seed;

  AggregateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    AggregateReport report =
        AggregateJob.run(
            new AggregateRequest(
                folders,
                Optional.ofNullable(output),
                checkedQuantities(),
                checkedLosses(),
                new Bootstrap(checkedResamples(), seed)));
    console
        .out()
        .printf(
            "%s at %s of the sweep%s; Parquet and CSV tables in %s, after %.0f s%n",
            Plan.count(report.trials(), "trial"),
            Plan.count(report.points(), "point"),
            report.running() == 0 ? "" : ", %d not finished yet".formatted(report.running()),
            report.output(),
            report.seconds());
    return ExitStatus.OK;
  }

  private List<String> checkedQuantities() {
    List<String> all = AggregateRequest.allQuantities();
    for (String quantity : quantities) {
      require(all.contains(quantity), "--quantity " + quantity, "one of " + String.join(", ", all));
    }
    return quantities.stream().distinct().toList();
  }

  private List<Double> checkedLosses() {
    for (double loss : losses) {
      require(Double.isFinite(loss), "--loss " + loss, "a finite number");
    }
    return losses.stream().distinct().toList();
  }

  private int checkedResamples() {
    require(
        resamples >= 100 && resamples <= 1_000_000,
        "--resamples " + resamples,
        "100 to 1000000, so that there are some outside of the interval");
    return resamples;
  }

  private void require(boolean holds, String found, String expected) {
    if (!holds) {
      throw new ParameterException(
          spec.commandLine(), "%s, expected %s".formatted(found, expected));
    }
  }
}
