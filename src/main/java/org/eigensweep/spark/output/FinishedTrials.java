package org.eigensweep.spark.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * The trials of an output folder, as a reader finds them who knows nothing of their sweeps. Nothing
 * is changed there.
 *
 * @param output the folder, a Hadoop path
 * @param names of the files of those trials that are finished and as they were written, sorted
 * @param damaged name → what is wrong with it, of those that claim to be finished and are not
 * @param unfinished number of trials that have rows and are not finished
 */
public record FinishedTrials(
    String output, List<String> names, Map<String, String> damaged, int unfinished) {
  /**
   * Looks into a folder, and reads each of its finished trials' files once to compare the sums.
   *
   * @param output a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if it is no folder of a sweep's tables, or cannot be read
   */
  public static FinishedTrials in(String output, Configuration hadoop) {
    try {
      return of(new Seals(PlainFiles.of(new Path(output), hadoop), output));
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "cannot read %s (%s), expected the output folder of a sweep"
              .formatted(output, Failures.line(e)),
          e);
    }
  }

  private static FinishedTrials of(Seals seals) throws IOException {
    if (!seals.files().exists(StepsTable.TABLE.folder(seals.output()))) {
      throw new OutputException(
          "%s has no table %s, expected the output folder of a sweep"
              .formatted(seals.output(), StepsTable.TABLE.name()));
    }
    Set<String> ended = ids(seals, TrialsTable.TABLE);
    List<String> names = new ArrayList<>();
    Map<String, String> damaged = new LinkedHashMap<>();
    for (String name : ended) {
      Optional<String> flaw = seals.flaw(name);
      if (flaw.isPresent()) {
        damaged.put(name, flaw.get());
      } else {
        names.add(name);
      }
    }
    Set<String> others = ids(seals, StepsTable.TABLE);
    others.removeAll(ended);
    return new FinishedTrials(seals.output(), names, damaged, others.size());
  }

  private static Set<String> ids(Seals seals, Table<?> table) throws IOException {
    Path folder = table.folder(seals.output());
    Set<String> ids = new TreeSet<>();
    if (seals.files().exists(folder)) {
      for (FileStatus entry : seals.files().listStatus(folder)) {
        Table.idOf(entry.getPath().getName()).ifPresent(ids::add);
      }
    }
    return ids;
  }

  /** The tables that trials have rows in, the last of which has one row a trial. */
  public static List<Table<?>> tables() {
    return Seals.TABLES;
  }
}
