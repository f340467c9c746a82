package org.eigensweep.spark.aggregate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.CsvText;

/**
 * The folder of the aggregates: for each table a folder of Parquet files and a CSV file. All tables
 * are written into a hidden folder beside it, which takes its place when it is whole.
 */
final class AggregateFolder implements AutoCloseable {
  private static final String PARQUET = ".parquet";
  private static final String CSV = ".csv";
  private static final Set<String> TABLES =
      Set.of(
          AggregateTables.BY_STEP,
          AggregateTables.DIFFERENCES,
          AggregateTables.REACHED,
          AggregateTables.REACHED_BY_POINT);

  private final FileSystem files;
  private final Path folder;
  private final Path unfinished;

  private AggregateFolder(FileSystem files, Path folder, Path unfinished) {
    this.files = files;
    this.folder = folder;
    this.unfinished = unfinished;
  }

  /**
   * Makes sure that the folder can be written.
   *
   * @param output a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if that is not so, or if something is there that is no aggregate
   */
  static AggregateFolder open(String output, Configuration hadoop) {
    try {
      Path path = new Path(output);
      FileSystem files = PlainFiles.of(path, hadoop);
      Path folder = files.makeQualified(path);
      requireOurs(files, folder, output);
      Path unfinished =
          new Path(
              folder.getParent(), "." + folder.getName() + "-" + UUID.randomUUID() + ".unfinished");
      if (!files.mkdirs(unfinished)) {
        throw new IOException("the file system refused");
      }
      files.deleteOnExit(unfinished);
      return new AggregateFolder(files, folder, unfinished);
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "cannot make the folder %s (%s); name one that can be written with --output"
              .formatted(output, Failures.line(e)),
          e);
    }
  }

  private static void requireOurs(FileSystem files, Path folder, String given) throws IOException {
    if (folder.isRoot()) {
      throw new OutputException(
          given + " is the root, expected a folder of its own for the aggregates");
    }
    if (!files.exists(folder)) {
      return;
    }
    if (!files.getFileStatus(folder).isDirectory()) {
      throw new OutputException(
          given + " is a file, expected a folder for the aggregates; choose another --output");
    }
    for (FileStatus entry : files.listStatus(folder)) {
      String name = entry.getPath().getName();
      if (!TABLES.contains(name) && !(name.endsWith(CSV) && TABLES.contains(stem(name)))) {
        throw new OutputException(
            "%s holds %s, expected a new folder or earlier aggregates, which are replaced; choose another --output"
                .formatted(given, name));
      }
    }
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - CSV.length());
  }

  /** Writes a table in both formats, its rows in the order of the partitions. */
  void write(String table, Dataset<Row> rows) throws IOException {
    Path parquet = new Path(unfinished, table);
    rows.write().parquet(parquet.toString());
    tidy(parquet, PARQUET);
    Path lines = new Path(unfinished, table + ".lines");
    MapFunction<Row, String> line = AggregateFolder::line;
    rows.map(line, Encoders.STRING()).write().option("lineSep", CsvText.END).text(lines.toString());
    tidy(lines, ".txt");
    join(lines, new Path(unfinished, table + CSV), CsvText.line(List.of(rows.columns())));
    files.delete(lines, true);
  }

  private static String line(Row row) {
    return CsvText.fields(IntStream.range(0, row.size()).mapToObj(row::get).toList());
  }

  /** Leaves what Spark wrote, under names that tell its order, and nothing that is beside it. */
  private void tidy(Path written, String ending) throws IOException {
    List<Path> parts = parts(written);
    for (FileStatus entry : files.listStatus(written)) {
      if (!parts.contains(entry.getPath())) {
        files.delete(entry.getPath(), true);
      }
    }
    for (int i = 0; i < parts.size(); i++) {
      Path name = new Path(written, "part-%05d%s".formatted(i, ending));
      if (!files.rename(parts.get(i), name)) {
        throw new IOException("the file system refused to rename " + parts.get(i));
      }
    }
  }

  private List<Path> parts(Path written) throws IOException {
    return Arrays.stream(files.listStatus(written))
        .map(FileStatus::getPath)
        .filter(path -> path.getName().startsWith("part-"))
        .sorted(Comparator.comparing(Path::getName))
        .toList();
  }

  private void join(Path lines, Path csv, String header) throws IOException {
    List<Path> parts = parts(lines);
    NewFile.write(
        files,
        csv,
        out -> {
          out.write(header.getBytes(StandardCharsets.UTF_8));
          for (Path part : parts) {
            try (InputStream in = files.open(part)) {
              IOUtils.copyBytes(in, out, 1 << 16, false);
            }
          }
        });
  }

  /** Puts what was written in its place, and what was there before away. */
  void publish() throws IOException {
    Path before = new Path(folder.getParent(), unfinished.getName().replace("unfinished", "old"));
    boolean replaces = files.exists(folder);
    if (replaces) {
      rename(folder, before);
    }
    try {
      rename(unfinished, folder);
    } catch (IOException e) {
      if (replaces) {
        rename(before, folder);
      }
      throw e;
    }
    files.delete(before, true);
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("the file system refused to rename " + from);
    }
  }

  /** Leaves nothing of what was not published. */
  @Override
  public void close() throws IOException {
    files.delete(unfinished, true);
    files.cancelDeleteOnExit(unfinished);
  }
}
