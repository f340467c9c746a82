package org.eigensweep.spark.output;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.TrialSummary;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads back what earlier runs left in an output folder, and changes nothing there. */
record EarlierReader(SparkSession spark, FileSystem files, String output, Seals seals) {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierReader.class);

  /**
   * The trials of earlier runs. A trial that did not come as far as its row in {@code trials} is
   * neither finished nor damaged.
   *
   * @param trials ids of all trials of the sweep
   * @param check throws for a row of another experiment, whether its trial is complete or not
   * @throws OutputException if there are trials of other names, or the folder cannot be read
   */
  EarlierTrials read(List<String> trials, Consumer<Row> check) {
    try {
      Map<String, TrialSummary> finished = new LinkedHashMap<>();
      Map<String, String> damaged = new LinkedHashMap<>();
      List<String> sealed = new ArrayList<>();
      for (String trial : trials) {
        if (seals.isSealed(trial)) {
          seals.flaw(trial).ifPresent(flaw -> damaged.put(trial, flaw));
          if (!damaged.containsKey(trial) || seals.flawOfRow(trial).isEmpty()) {
            sealed.add(trial);
          }
        } else if (seals.hasRow(trial)) {
          damaged.put(trial, seals.flaw(trial).orElseThrow());
          checkAlone(trial, check);
        }
      }
      for (Row row : rows(sealed)) {
        check.accept(row);
        TrialSummary trial = TrialsTable.summary(row);
        finished.put(trial.trial(), trial);
      }
      refuseStrangers(trials);
      finished.keySet().removeAll(damaged.keySet());
      return new EarlierTrials(finished, damaged);
    } catch (IOException e) {
      throw new OutputException(
          "cannot read %s (%s); run again when it can be read, or choose another eigensweep.output"
              .formatted(output, Failures.line(e)),
          e);
    }
  }

  private List<Row> rows(List<String> trials) {
    return trials.isEmpty()
        ? List.of()
        : TrialsTable.TABLE.read(spark, output, trials).collectAsList();
  }

  /** A row that nothing vouches for may be no Parquet, which says nothing of an experiment. */
  private void checkAlone(String trial, Consumer<Row> check) {
    List<Row> rows;
    try {
      rows = rows(List.of(trial));
    } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
      LOG.info("the row of {} in {} cannot be read", trial, output, e);
      return;
    }
    rows.forEach(check);
  }

  /** What readers of the tables would take for a trial, and is none. */
  private void refuseStrangers(List<String> trials) throws IOException {
    Set<String> known = trials.stream().map(TrialsTable.TABLE::partition).collect(toSet());
    for (Table<?> table : Seals.ALL) {
      Path folder = new Path(table.folder(output));
      for (FileStatus entry : files.exists(folder) ? files.listStatus(folder) : new FileStatus[0]) {
        String name = entry.getPath().getName();
        if (!Seals.isHidden(name) && !known.contains(name)) {
          throw new OutputException(
              "%s holds %s/%s, which is no trial of this sweep; move it away or choose another eigensweep.output"
                  .formatted(output, table.name(), name));
        }
      }
    }
  }
}
