package org.eigensweep.app;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.files.FoundFolder;
import org.eigensweep.data.files.FoundSet;
import org.eigensweep.data.files.Layout;
import org.eigensweep.spark.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what a folder of data holds, without Spark. */
@Command(
    name = "data",
    description =
        "Tells which data a folder or file holds, how a sweep would read them, and what is the"
            + " matter with files that cannot be read; reads every example, writes nothing.",
    footer = {
      "",
      "Examples:",
      "  submit/local data /data/fashion",
      "  submit/local data letters.npz --first-label 1",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class DataCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Folder or file, on any path that Hadoop opens.")
  private String dir;

  @Option(
      names = "--first-label",
      paramLabel = "LABEL",
      defaultValue = "0",
      description = "Label of the first class (0 by default), as data.first-label.")
  private int firstLabel;

  @Option(
      names = "--channels-last",
      description = "Images have their channels last, as data.layout = channels-last.")
  private boolean channelsLast;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "Read at most so many examples of each set (all by default).")
  private Integer examples;

  @Spec private CommandSpec spec;

  DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (examples != null && examples < 1) {
      throw new ParameterException(
          spec.commandLine(), "--examples: found %d, expected at least 1".formatted(examples));
    }
    Configuration hadoop = Session.fileSystems();
    OptionalInt most = examples == null ? OptionalInt.empty() : OptionalInt.of(examples);
    Layout layout = channelsLast ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
    DataTelling telling = new DataTelling(firstLabel, layout, most, hadoop);
    FoundFolder found = FoundFolder.of(dir, hadoop);
    List<KnownData> known = KnownData.in(dir, most, hadoop);
    boolean readable = !known.isEmpty();
    known.forEach(data -> console.out().print(telling.known(data)));
    for (FoundSet set : found.sets()) {
      try {
        console.out().print(telling.set(found, set));
        readable = true;
      } catch (DataException e) {
        console.out().print(telling.unreadable(set, e.getMessage()));
      }
    }
    found.others().forEach((path, why) -> console.out().print(telling.other(path, why, known)));
    if (!readable) {
      throw new DataException(
          "%s: no data that can be read as they are, expected training inputs and labels: src/site/markdown/data.md says under which names and in which formats"
              .formatted(dir));
    }
    return ExitStatus.OK;
  }
}
