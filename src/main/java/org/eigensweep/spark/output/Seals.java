package org.eigensweep.spark.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.SealedFile;
import org.eigensweep.spark.table.DensityTable;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.LayersTable;
import org.eigensweep.spark.table.OverlapsTable;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * Says which trials are complete. A trial's seal is the file {@code seals/<name>.sha256}, the last
 * to be written: a line for the trial's file in each table that it has rows for, with its SHA-256
 * and its path below the output folder, as {@code sha256sum} writes and checks them.
 *
 * @param files the file system of the output folder
 * @param output the folder, a Hadoop path
 */
record Seals(FileSystem files, String output) {
  private static final String FOLDER = "seals";
  private static final int HEX_DIGITS = 64;
  private static final String GAP = "  ";

  /** The tables of trials, in the order in which a trial's rows are written. */
  static final List<Table<?>> TABLES =
      List.of(
          StepsTable.TABLE,
          EigenvaluesTable.TABLE,
          OverlapsTable.TABLE,
          DensityTable.TABLE,
          LayersTable.TABLE,
          TrialsTable.TABLE);

  /** Those that not every trial has rows for. */
  private static final Set<Table<?>> OPTIONAL =
      Set.of(OverlapsTable.TABLE, DensityTable.TABLE, LayersTable.TABLE);

  /**
   * Vouches for the files of a trial.
   *
   * @param sums table → the SHA-256 of the trial's file, for those of {@link #TABLES} that have one
   */
  void write(String trial, Map<Table<?>, String> sums) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Table<?> table : TABLES) {
      if (sums.containsKey(table)) {
        lines.append(sums.get(table)).append(GAP).append(table.path(trial)).append('\n');
      }
    }
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    NewFile.replace(files, path(seal(trial)), out -> out.write(content));
  }

  /** Takes back what vouches for a trial, if anything does. */
  void delete(String trial) throws IOException {
    files.delete(path(seal(trial)), false);
  }

  /** Whether something vouches for the files of a trial, rightly or not. */
  boolean isSealed(String trial) throws IOException {
    return files.exists(path(seal(trial)));
  }

  /** Whether readers see something of a trial in the table that is written last. */
  boolean hasRow(String trial) throws IOException {
    return files.exists(TrialsTable.TABLE.file(output, trial));
  }

  /**
   * What is wrong with the files of a trial, in a few words that name the first one; empty if they
   * are as they were written.
   */
  Optional<String> flaw(String trial) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    try {
      if (!readInto(sums, trial)) {
        return Optional.of(seal(trial) + " is not whole");
      }
    } catch (FileNotFoundException e) {
      return Optional.of(seal(trial) + " is missing");
    }
    for (Map.Entry<String, String> file : sums.entrySet()) {
      if (!files.exists(path(file.getKey()))) {
        return Optional.of(file.getKey() + " is missing");
      }
      if (!hasSum(file.getKey(), file.getValue())) {
        return Optional.of(file.getKey() + " has another SHA-256 than when it was written");
      }
    }
    return Optional.empty();
  }

  private boolean hasSum(String name, String expected) throws IOException {
    try {
      return SealedFile.sum(files, path(name)).equals(expected);
    } catch (ChecksumException e) { // the sums that some file systems keep themselves
      return false;
    }
  }

  /** Path → sum of each line of a trial's seal; false if a table's file is missing among them. */
  private boolean readInto(Map<String, String> sums, String trial) throws IOException {
    String text;
    try (InputStream in = files.open(path(seal(trial)))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (ChecksumException e) {
      return false;
    }
    for (String line : text.lines().toList()) {
      if (!line.startsWith(GAP, HEX_DIGITS)) {
        return false;
      }
      sums.put(line.substring(HEX_DIGITS + GAP.length()), line.substring(0, HEX_DIGITS));
    }
    List<String> expected =
        TABLES.stream()
            .filter(table -> !OPTIONAL.contains(table) || sums.containsKey(table.path(trial)))
            .map(table -> table.path(trial))
            .toList();
    return text.endsWith("\n") && List.copyOf(sums.keySet()).equals(expected);
  }

  private static String seal(String trial) {
    return FOLDER + "/" + trial + ".sha256";
  }

  private Path path(String name) {
    return new Path(output, name);
  }
}
