package org.eigensweep.export.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.export.ExportTarget;
import org.eigensweep.export.TrialRows;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.output.FinishedTrials;
import org.eigensweep.spark.table.CsvText;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * A folder with a CSV file for each table, which are written anew by each export. They are written
 * beside their places, and moved there when all are whole; {@code trials.csv} is taken away first
 * and comes back last, so where it is, the others belong to it.
 */
public final class CsvFolder implements ExportTarget {
  private static final String ENDING = ".csv";

  private final String given;
  private final Path folder;
  private final FileSystem files;

  private CsvFolder(String given, Path folder, FileSystem files) {
    this.given = given;
    this.folder = folder;
    this.files = files;
  }

  /**
   * Looks whether the files can be there; makes nothing yet.
   *
   * @param given a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if it is no folder, or holds a file of such a name that is no export
   */
  public static CsvFolder open(String given, Configuration hadoop) {
    try {
      Path path = new Path(given);
      CsvFolder opened = new CsvFolder(given, path, PlainFiles.of(path, hadoop));
      opened.requireFolder();
      for (Table<?> table : FinishedTrials.tables()) {
        opened.requireOurs(table);
      }
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "%s: cannot be reached (%s), expected a folder for CSV files"
              .formatted(given, Failures.line(e)),
          e);
    }
  }

  private void requireFolder() throws IOException {
    if (files.exists(folder) && !files.getFileStatus(folder).isDirectory()) {
      throw new OutputException(
          "%s is a file, expected a folder for CSV files; choose another".formatted(given));
    }
  }

  private void requireOurs(Table<?> table) throws IOException {
    Path file = file(table);
    if (files.exists(file) && !header(table).equals(firstLine(file))) {
      throw new OutputException(
          "%s is there and is no export of the table %s; move it away or choose another folder"
              .formatted(file, table.name()));
    }
  }

  private static String header(Table<?> table) {
    return table.columnNames().get(0) + ",";
  }

  /** The first column, with its comma, which every export of a table begins with. */
  private String firstLine(Path file) throws IOException {
    if (!files.getFileStatus(file).isFile()) {
      return "";
    }
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      String line = in.readLine();
      return line == null ? "" : line.substring(0, line.indexOf(',') + 1);
    }
  }

  private Path file(Table<?> table) {
    return new Path(folder, table.name() + ENDING);
  }

  private Path unfinished(Table<?> table) {
    return new Path(folder, "." + table.name() + ENDING + ".unfinished");
  }

  @Override
  public String write(List<TrialRows> trials) {
    try {
      Map<Table<?>, Long> rows = new LinkedHashMap<>();
      for (Table<?> table : FinishedTrials.tables()) {
        rows.put(table, write(table, trials));
      }
      moveInPlace(rows);
      return "CSV files in %s: %s".formatted(given, words(rows));
    } catch (IOException e) {
      throw new OutputException(
          "%s: cannot be written (%s), expected a folder for CSV files; choose another"
              .formatted(given, Failures.line(e)),
          e);
    } finally {
      tidy();
    }
  }

  private long write(Table<?> table, List<TrialRows> trials) throws IOException {
    List<String> columns = table.columnNames();
    long[] rows = {0};
    NewFile.write(
        files,
        unfinished(table),
        out -> {
          out.write(bytes(columns));
          for (TrialRows trial : trials) {
            trial.forEach(
                table,
                row -> {
                  List<Object> values = new ArrayList<>();
                  columns.forEach(column -> values.add(row.value(column)));
                  out.write(bytes(values));
                  rows[0]++;
                });
          }
        });
    return rows[0];
  }

  private static byte[] bytes(List<?> values) {
    return CsvText.line(values).getBytes(StandardCharsets.UTF_8);
  }

  /** A table without rows has no file, nor keeps one of an earlier export. */
  private void moveInPlace(Map<Table<?>, Long> rows) throws IOException {
    files.delete(file(TrialsTable.TABLE), false);
    for (Table<?> table : rows.keySet()) { // that of the trials is the last
      files.delete(file(table), false);
      if (rows.get(table) > 0 && !files.rename(unfinished(table), file(table))) {
        throw new IOException("the file system refused to rename " + unfinished(table));
      }
    }
  }

  private void tidy() {
    for (Table<?> table : FinishedTrials.tables()) {
      try {
        files.delete(unfinished(table), false);
      } catch (IOException e) {
        // Readers pass over it, and the next export writes it anew.
      }
    }
  }

  private static String words(Map<Table<?>, Long> rows) {
    return rows.entrySet().stream()
        .filter(table -> table.getValue() > 0)
        .map(
            table ->
                "%s%s with %,d %s"
                    .formatted(
                        table.getKey().name(),
                        ENDING,
                        table.getValue(),
                        table.getValue() == 1 ? "row" : "rows"))
        .collect(Collectors.joining(", "));
  }
}
