package org.eigensweep.export.tensorboard;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.export.Curves;
import org.eigensweep.export.ExportTarget;
import org.eigensweep.export.TrialRows;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.PlainFiles;

/**
 * A folder that TensorBoard is started on, with a run a trial: {@code
 * <experiment>/<trial>/events.out.tfevents.<second>.eigensweep}. A file is moved there when it is
 * whole, and is the trial's for good.
 */
public final class EventFolder implements ExportTarget {
  private final String given;
  private final Path folder;
  private final FileSystem files;

  private EventFolder(String given, Path folder, FileSystem files) {
    this.given = given;
    this.folder = folder;
    this.files = files;
  }

  /**
   * Looks whether runs can be there; makes nothing yet.
   *
   * @param given a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if it is no folder
   */
  public static EventFolder open(String given, Configuration hadoop) {
    try {
      Path path = new Path(given);
      FileSystem files = PlainFiles.of(path, hadoop);
      if (files.exists(path) && !files.getFileStatus(path).isDirectory()) {
        throw new OutputException(
            "%s is a file, expected a folder for TensorBoard; choose another".formatted(given));
      }
      return new EventFolder(given, path, files);
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "%s: cannot be reached (%s), expected a folder for TensorBoard"
              .formatted(given, Failures.line(e)),
          e);
    }
  }

  @Override
  public String write(List<TrialRows> trials) {
    int written = 0;
    try {
      for (TrialRows trial : trials) {
        written += write(trial) ? 1 : 0;
      }
    } catch (IOException e) {
      throw new OutputException(
          "%s: cannot be written (%s) after %d of %d trials, expected a folder for TensorBoard; choose another, or run again to go on"
              .formatted(given, Failures.line(e), written, trials.size()),
          e);
    }
    return "TensorBoard runs in %s: %d new, %d there before"
        .formatted(given, written, trials.size() - written);
  }

  /** Whether the trial was not there yet. */
  private boolean write(TrialRows trial) throws IOException {
    Map<String, Object> summary = trial.summary();
    Path experiment = new Path(folder, fileName((String) summary.get("experiment")));
    Path run = new Path(experiment, trial.name());
    Path file =
        new Path(
            run,
            "events.out.tfevents.%d.eigensweep"
                .formatted(Curves.finishedAt(summary).getEpochSecond()));
    if (files.exists(file)) {
      return false;
    }
    // TensorBoard reads whatever has tfevents in its name, hidden or not.
    Path unfinished = new Path(experiment, "." + trial.name() + ".unfinished");
    NewFile.write(
        files,
        unfinished,
        out -> {
          EventFile events = new EventFile(out, Curves.startOf(summary));
          new Hyperparameters(summary).writeTo(events);
          Curves.read(trial, summary, events::scalars);
        });
    if (!files.mkdirs(run) || !files.rename(unfinished, file)) {
      throw new IOException("the file system refused to rename " + unfinished);
    }
    return true;
  }

  /** A sweep's name with what a path takes. */
  private static String fileName(String name) {
    String safe = name.replaceAll("[^\\p{Alnum}._+-]", "-").replaceAll("^[._]", "-");
    return safe.isEmpty() ? "-" : safe;
  }
}
