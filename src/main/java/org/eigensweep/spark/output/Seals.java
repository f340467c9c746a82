package org.eigensweep.spark.output;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.SealedFile;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * Says which trials are complete. Beside a trial's row in {@code trials} lies a file {@code
 * _sha256}, the last to be written: a line for each file of the trial's rows in all tables, with
 * its SHA-256 and its path below the output folder, as {@code sha256sum} writes and checks them.
 * Readers of Parquet pass over files whose name begins so.
 */
final class Seals {
  private static final String NAME = "_sha256";
  private static final int HEX_DIGITS = 64;
  private static final String GAP = "  ";

  /** The tables of trials. */
  static final List<Table<?>> ALL =
      List.of(StepsTable.TABLE, EigenvaluesTable.TABLE, TrialsTable.TABLE);

  private final FileSystem files;
  private final String output;

  /**
   * The seals of an output folder.
   *
   * @param files the file system that it is on
   * @param output the folder, a Hadoop path
   */
  Seals(FileSystem files, String output) {
    this.files = files;
    this.output = output;
  }

  /** Vouches for the files of a trial as they are now. */
  void write(String trial) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Table<?> table : ALL) {
      for (String name : parts(table, trial)) {
        lines.append(sum(name)).append(GAP).append(name).append('\n');
      }
    }
    byte[] content = lines.toString().getBytes(StandardCharsets.UTF_8);
    NewFile.write(files, path(seal(trial)), out -> out.write(content));
  }

  /** Whether something vouches for the files of a trial, rightly or not. */
  boolean isSealed(String trial) throws IOException {
    return files.exists(path(seal(trial)));
  }

  /** Whether readers see something of a trial in the table that is written last. */
  boolean hasRow(String trial) throws IOException {
    return !parts(TrialsTable.TABLE, trial).isEmpty();
  }

  /**
   * What is wrong with the files of a trial, in a few words that name the first one; empty if they
   * are as they were written.
   */
  Optional<String> flaw(String trial) throws IOException {
    return flaw(trial, ALL);
  }

  /** The same of the trial's row alone. */
  Optional<String> flawOfRow(String trial) throws IOException {
    return flaw(trial, List.of(TrialsTable.TABLE));
  }

  private Optional<String> flaw(String trial, List<Table<?>> tables) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try {
      if (!readInto(sums, trial)) {
        return Optional.of(seal(trial) + " is not whole");
      }
    } catch (FileNotFoundException e) {
      return Optional.of(seal(trial) + " is missing");
    }
    for (Table<?> table : tables) {
      Optional<String> flaw = flaw(table, trial, sums);
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return Optional.empty();
  }

  private Optional<String> flaw(Table<?> table, String trial, Map<String, String> sums)
      throws IOException {
    List<String> found = parts(table, trial);
    String folder = folder(table, trial) + "/";
    for (String name : sums.keySet()) {
      if (name.startsWith(folder) && !found.contains(name)) {
        return Optional.of(name + " is missing");
      }
    }
    for (String name : found) {
      if (!sums.containsKey(name)) {
        return Optional.of(name + " is there beside what was written");
      }
      if (!hasSum(name, sums.get(name))) {
        return Optional.of(name + " has another SHA-256 than when it was written");
      }
    }
    return Optional.empty();
  }

  private boolean hasSum(String name, String expected) throws IOException {
    try {
      return sum(name).equals(expected);
    } catch (ChecksumException e) { // Hadoop's own sums, where it keeps some
      return false;
    }
  }

  /** Name → sum of each line of a trial's seal; false if it does not name a file of each table. */
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
    return text.endsWith("\n")
        && ALL.stream()
            .map(table -> folder(table, trial) + "/")
            .allMatch(folder -> sums.keySet().stream().anyMatch(name -> name.startsWith(folder)));
  }

  /** What readers of a table see of a trial, by its name below the output folder, in order. */
  private List<String> parts(Table<?> table, String trial) throws IOException {
    List<String> parts = new ArrayList<>();
    String folder = folder(table, trial);
    try {
      for (FileStatus file : files.listStatus(path(folder))) {
        String name = file.getPath().getName();
        if (!isHidden(name)) {
          parts.add(folder + "/" + name);
        }
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    parts.sort(null);
    return parts;
  }

  /** Whether Spark passes over a file or folder of this name. */
  static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  private String sum(String name) throws IOException {
    return SealedFile.sum(files, path(name));
  }

  private static String folder(Table<?> table, String trial) {
    return table.name() + "/" + table.partition(trial);
  }

  private static String seal(String trial) {
    return folder(TrialsTable.TABLE, trial) + "/" + NAME;
  }

  private Path path(String name) {
    return new Path(output, name);
  }
}
