package org.eigensweep.app;

import org.apache.hadoop.conf.Configuration;
import org.eigensweep.network.saved.Mode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which saved network is looked at, and in which mode. */
final class ModelOptions {
  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "training",
      converter = ModeConverter.class,
      description =
          "training (the default), or evaluation: another loss, without dropout and noise, and with"
              + " the running statistics of batch normalisation.")
  private Mode mode;

  /** One of the two ways to name it. */
  private static final class Source {
    @Option(
        names = "--model",
        required = true,
        paramLabel = "ZIP",
        description = "Network saved by DL4J's ModelSerializer, on any path that Hadoop opens.")
    private String file;

    @ArgGroup(exclusive = false)
    private Point point;
  }

  /** A point of a trial. */
  private static final class Point {
    @Option(
        names = "--trial",
        required = true,
        paramLabel = "NAME",
        description =
            "Trial of the sweep in CONF, as lr0.01-seed0-rank10-bulk, whose networks"
                + " run --save-models has left.")
    private String trial;

    @Option(
        names = "--step",
        required = true,
        paramLabel = "STEP",
        description = "Step of that trial.")
    private int step;
  }

  private static final class ModeConverter extends WordConverter<Mode> {
    ModeConverter() {
      super(Mode.class);
    }
  }

  /**
   * The network that is meant.
   *
   * @param output the folder of the sweep's tables
   * @throws org.eigensweep.data.DataException if the trial has kept no network at that step
   */
  ChosenModel in(String output, Configuration hadoop) {
    String file =
        source.file != null
            ? source.file
            : ModelFile.ofTrial(output, source.point.trial, source.point.step, hadoop);
    return new ChosenModel(file, mode);
  }
}
