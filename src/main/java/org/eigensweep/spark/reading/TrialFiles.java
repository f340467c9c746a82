package org.eigensweep.spark.reading;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * The files of a trial in one output folder.
 *
 * @param trial its hash, as in the tables' column of that name
 * @param files name of a table → the trial's file there, for each table that it has one in
 */
record TrialFiles(String trial, Map<String, Path> files) {
  Optional<Path> in(Table<?> table) {
    return Optional.ofNullable(files.get(table.name()));
  }

  /** Whether the trial has all its rows; its row in {@code trials} is written last. */
  boolean isFinished() {
    return in(TrialsTable.TABLE).isPresent();
  }
}
