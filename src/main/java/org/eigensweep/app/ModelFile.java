package org.eigensweep.app;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileSystems;
import org.eigensweep.network.archive.ModelBytes;
import org.eigensweep.network.saved.Mode;
import org.eigensweep.network.saved.SavedNetwork;

/** The file of a saved network, on any file system that Hadoop is configured for. */
final class ModelFile {
  private static final String EXPECTED = "expected a zip that DL4J's ModelSerializer wrote";

  private ModelFile() {}

  /**
   * Reads the network.
   *
   * @param file a Hadoop path
   * @param mode in which its loss is taken
   * @param hadoop the file systems
   * @throws DataException if there is no such file, or no such network in it
   */
  static SavedNetwork read(String file, Mode mode, Configuration hadoop) {
    try {
      return SavedNetwork.read(file, ModelBytes.read(file, EXPECTED, hadoop), mode);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /**
   * The network that a trial has kept.
   *
   * @param output the folder of the sweep's tables
   * @throws DataException naming those that there are, unless there is one of that trial and step
   */
  static String ofTrial(String output, String trial, int step, Configuration hadoop) {
    Path folder = new Path(output, "models");
    Pattern wanted =
        Pattern.compile(Pattern.quote(trial) + "(-[0-9a-f]{12})?-step%d\\.zip".formatted(step));
    List<String> all = zips(folder, hadoop);
    List<String> found = all.stream().filter(wanted.asMatchPredicate()).toList();
    if (found.size() == 1) {
      return new Path(folder, found.get(0)).toString();
    }
    throw new DataException(
        found.isEmpty()
            ? "%s: no network of trial %s at step %d, expected one that run --save-models %3$d has left; there are %s"
                .formatted(folder, trial, step, all.isEmpty() ? "none" : ModelBytes.some(all))
            : "%s: %s are of trial %s at step %d, expected one: name it with --model"
                .formatted(folder, String.join(" and ", found), trial, step));
  }

  private static List<String> zips(Path folder, Configuration hadoop) {
    try {
      FileSystem files = FileSystems.of(folder, hadoop);
      return files.exists(folder) ? ModelBytes.zips(files, folder) : List.of();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be listed (%s)".formatted(folder, DataException.firstLine(e)), e);
    }
  }

  /** The last part of its path. */
  static String name(String file) {
    return new Path(file).getName();
  }
}
