package org.eigensweep.spark.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.Cells;
import org.eigensweep.spark.table.SpectraTable;
import org.eigensweep.spark.table.SpectrumTables;
import org.eigensweep.spark.table.Table;

/**
 * Reads the studies of output folders.
 *
 * @param hadoop the file systems
 */
public record StudyFolders(Configuration hadoop) {
  private static final String EXPECTED = "expected the output folder of eigensweep spectrum";

  /**
   * All studies of folders, in the order of the folders and of the studies' names.
   *
   * @param given Hadoop paths, or patterns such as {@code results/*}; a pattern passes over what
   *     holds no study, as long as one does
   * @throws OutputException if there is none, or a table has another version or cannot be read
   */
  public List<Study> read(List<String> given) {
    Map<Path, List<String>> found = new LinkedHashMap<>();
    given.forEach(path -> found.putAll(find(path)));
    List<Study> studies = new ArrayList<>();
    found.forEach(
        (folder, names) -> names.forEach(n -> studies.add(read(PlainFiles.written(folder), n))));
    return studies;
  }

  private Map<Path, List<String>> find(String given) {
    try {
      Path path = new Path(given);
      FileSystem files = PlainFiles.of(path, hadoop);
      FileStatus[] matching =
          files.exists(path)
              ? new FileStatus[] {files.getFileStatus(path)}
              : files.globStatus(path, p -> !Table.isHidden(p.getName()));
      Map<Path, List<String>> found = new LinkedHashMap<>();
      for (FileStatus status : matching == null ? new FileStatus[0] : matching) {
        List<String> names = status.isDirectory() ? names(files, status.getPath()) : List.of();
        if (!names.isEmpty()) {
          found.put(status.getPath(), names);
        }
      }
      if (found.isEmpty()) {
        boolean none = matching == null || matching.length == 0;
        throw new OutputException(
            "%s: %s, %s"
                .formatted(
                    given,
                    none ? "no such folder" : "no spectrum of a saved network in it",
                    EXPECTED));
      }
      return found;
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "%s: cannot be read (%s), %s".formatted(given, Failures.line(e), EXPECTED), e);
    }
  }

  private static List<String> names(FileSystem files, Path folder) throws IOException {
    Path table = SpectraTable.TABLE.folder(folder.toString());
    if (!files.exists(table)) {
      return List.of();
    }
    return Stream.of(files.listStatus(table))
        .map(file -> Table.idOf(file.getPath().getName()))
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  /**
   * One study.
   *
   * @param folder the output folder
   * @param name of the study, as in the tables' column {@code study}
   * @throws OutputException if a table has another version or cannot be read
   */
  public Study read(String folder, String name) {
    return new Study(
        folder,
        rows(SpectraTable.TABLE, folder, name).get(0),
        rows(SpectrumTables.EIGENVALUES, folder, name),
        rows(SpectrumTables.DENSITY, folder, name),
        rowsIfAny(folder, name));
  }

  private List<Map<String, Object>> rowsIfAny(String folder, String name) {
    Path file = SpectrumTables.LAYERS.file(folder, name);
    try {
      return PlainFiles.of(file, hadoop).exists(file)
          ? rows(SpectrumTables.LAYERS, folder, name)
          : List.of();
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  private List<Map<String, Object>> rows(Table<?> table, String folder, String name) {
    try {
      return table.read(hadoop, folder, name, row -> cells(row, table.columnNames()));
    } catch (IOException e) {
      throw cannotRead(table.file(folder, name), e);
    }
  }

  private static OutputException cannotRead(Path file, IOException e) {
    return new OutputException(
        "%s: cannot be read (%s), expected a file that eigensweep spectrum wrote; delete the study's files and measure it again"
            .formatted(file, Failures.line(e)),
        e);
  }

  private static Map<String, Object> cells(Cells row, List<String> columns) {
    Map<String, Object> cells = new LinkedHashMap<>();
    columns.forEach(column -> cells.put(column, row.value(column)));
    return cells;
  }
}
