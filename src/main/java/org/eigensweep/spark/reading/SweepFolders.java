package org.eigensweep.spark.reading;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * Output folders of sweeps, and the trials whose rows they hold. A trial that lies in several of
 * them has the same rows in each, and counts once: where it is finished, or else where it has come
 * furthest, or else in the folder that was named first.
 */
public final class SweepFolders {
  private final List<String> folders;
  private final List<TrialFiles> trials;

  private SweepFolders(List<String> folders, List<TrialFiles> trials) {
    this.folders = folders;
    this.trials = trials;
  }

  /**
   * Looks at folders before Spark starts, and changes nothing there.
   *
   * @param given Hadoop paths, or patterns such as {@code results/*}; a pattern passes over what is
   *     no output folder, as long as one is
   * @param hadoop the file systems
   * @throws OutputException if a path is no folder, holds no rows of a trial, files that no sweep
   *     has written, or another version of the tables
   */
  public static SweepFolders find(List<String> given, Configuration hadoop) {
    Map<Path, List<TrialFiles>> found = new LinkedHashMap<>();
    for (String path : given) {
      try {
        found.putAll(new FolderSearch(path, hadoop).found());
      } catch (IOException | IllegalArgumentException e) {
        throw new OutputException(
            "%s: cannot be read (%s), %s".formatted(path, Failures.line(e), FolderSearch.EXPECTED),
            e);
      }
    }
    return new SweepFolders(
        found.keySet().stream().map(Path::toString).toList(),
        once(found.values().stream().flatMap(List::stream).toList(), hadoop));
  }

  /** The folders that hold tables, in the order in which they were named, each once. */
  public List<String> folders() {
    return folders;
  }

  /** A place in the first folder, in the local file system without a scheme, as people write it. */
  public String inFirst(String name) {
    return PlainFiles.written(new Path(folders.get(0), name));
  }

  /** Number of trials that have all their rows. */
  public int finished() {
    return (int) trials.stream().filter(TrialFiles::isFinished).count();
  }

  /** Number of trials that have only some of their rows yet. */
  public int unfinished() {
    return trials.size() - finished();
  }

  /** All trials, in order of their hashes. */
  List<TrialFiles> trials() {
    return trials;
  }

  private static List<TrialFiles> once(List<TrialFiles> all, Configuration hadoop) {
    // Footers are small and far away on some file systems.
    List<Long> rows = all.parallelStream().map(trial -> rows(trial, hadoop)).toList();
    Map<String, Integer> best = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      int here = i;
      best.merge(
          all.get(i).trial(),
          here,
          (before, now) -> rows.get(now) > rows.get(before) ? now : before);
    }
    return best.values().stream().map(all::get).toList();
  }

  /** How many rows are known of a trial; more than any other if it is finished. */
  private static long rows(TrialFiles trial, Configuration hadoop) {
    Path file = trial.in(TrialsTable.TABLE).or(() -> trial.in(StepsTable.TABLE)).orElseThrow();
    for (Patience patience = new Patience(); ; ) {
      try {
        long rows = Table.countRows(file, hadoop);
        return trial.isFinished() ? Long.MAX_VALUE : rows;
      } catch (IOException e) {
        if (trial.isFinished() || !patience.waits()) {
          throw new OutputException(
              "%s: cannot be read (%s), expected a file that eigensweep run wrote; run its sweep again, which makes it anew"
                  .formatted(file, Failures.line(e)),
              e);
        }
      }
    }
  }
}
