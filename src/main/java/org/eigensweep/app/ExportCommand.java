package org.eigensweep.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.export.ExportTarget;
import org.eigensweep.export.FoundTrials;
import org.eigensweep.export.csv.CsvFolder;
import org.eigensweep.export.mlflow.MlflowServer;
import org.eigensweep.export.tensorboard.EventFolder;
import org.eigensweep.spark.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the tables of finished trials for other programs. */
@Command(
    name = "export",
    description = "Writes finished trials as CSV, for TensorBoard or to an MLflow server.",
    footer = {
      "",
      "Examples:",
      "  submit/local export results/quickstart --csv csv",
      "  submit/local export results/a results/b --mlflow http://localhost:5000",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "1..*", paramLabel = "DIR", description = "Output folders of sweeps.")
  private List<String> folders;

  @Option(
      names = "--mlflow",
      paramLabel = "URI",
      description = "Make a run a trial on this MLflow tracking server.")
  private String mlflow;

  @Option(
      names = "--tensorboard",
      paramLabel = "DIR",
      description = "Write a run a trial into this folder, for TensorBoard.")
  private String tensorboard;

  @Option(
      names = "--csv",
      paramLabel = "DIR",
      description = "Write a CSV file a table into this folder, in place of earlier ones.")
  private String csv;

  @Spec private CommandSpec spec;

  ExportCommand(Console console) {
    this.console = console;
  }

  /** Looks at all that may be wrong before it writes anything. */
  @Override
  public Integer call() {
    if (csv == null && tensorboard == null && mlflow == null) {
      throw new ParameterException(
          spec.commandLine(),
          "nowhere to export to, expected --csv DIR, --tensorboard DIR or --mlflow URI");
    }
    Configuration hadoop = Session.fileSystems();
    FoundTrials found = FoundTrials.in(folders, hadoop);
    List<ExportTarget> targets = new ArrayList<>();
    try {
      open(targets, hadoop);
      found.leftOut().forEach(console.err()::println);
      for (ExportTarget target : targets) {
        console.out().println(target.write(found.trials()));
      }
    } finally {
      targets.forEach(ExportTarget::close);
    }
    return ExitStatus.OK;
  }

  private void open(List<ExportTarget> targets, Configuration hadoop) {
    if (csv != null) {
      targets.add(CsvFolder.open(csv, hadoop));
    }
    if (tensorboard != null) {
      targets.add(EventFolder.open(tensorboard, hadoop));
    }
    if (mlflow != null) {
      targets.add(MlflowServer.open(mlflow, System.getenv()));
    }
  }
}
