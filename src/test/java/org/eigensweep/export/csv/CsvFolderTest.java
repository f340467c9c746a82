package org.eigensweep.export.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.export.FoundTrials;
import org.eigensweep.export.SmallSweep;
import org.eigensweep.export.TrialRows;
import org.eigensweep.spark.failure.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB reads the files and the tables, and finds no difference. */
class CsvFolderTest {
  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;

  private List<TrialRows> trials() throws IOException {
    return FoundTrials.in(List.of(SmallSweep.folder().toString()), hadoop).trials();
  }

  private String export(Path target) throws IOException {
    try (CsvFolder csv = CsvFolder.open(target.toString(), hadoop)) {
      return csv.write(trials());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues", "overlaps", "density", "layers", "trials"})
  void holdsEveryValueOfATable(String table) throws IOException {
    export(folder);
    String parquet = "'%s/" + table + "/*.parquet'";
    String csv = "read_csv('" + file(table) + "', header = true, all_varchar = true)";
    List<String> columns =
        SmallSweep.select("select column_name, column_type from (describe from " + parquet + ")");
    // A time has other words there; its test is below.
    String values =
        columns.stream()
            .filter(column -> !column.startsWith("finished_at"))
            .map(column -> "%s::%s".formatted((Object[]) column.split("\\|", -1)))
            .collect(Collectors.joining(", "));
    String fromParquet = "select " + values + " from " + parquet;
    // The one text that is changed, since a spreadsheet would run it.
    String fromCsv =
        "select "
            + values.replace("experiment::VARCHAR", "ltrim(experiment, '''')")
            + " from "
            + csv;
    assertThat(SmallSweep.select(fromParquet)).hasSizeGreaterThanOrEqualTo(SmallSweep.TRIALS);
    assertThat(SmallSweep.select(fromParquet + " except all " + fromCsv)).isEmpty();
    assertThat(SmallSweep.select(fromCsv + " except all " + fromParquet)).isEmpty();
  }

  private Path file(String table) {
    return folder.resolve(table + ".csv");
  }

  @Test
  void hasTheColumnsAndTextsOfTheTables() throws IOException {
    export(folder);
    String line = Files.readString(folder.resolve("trials.csv")).split("\r\n", -1)[1];
    assertThat(line).contains(",\"'" + SmallSweep.NAME.replace("\"", "\"\"") + "\",");
    assertThat(Files.readString(folder.resolve("steps.csv")).split("\r\n", -1)[0])
        .startsWith("trial,experiment,data,")
        .contains(",branch_method,step,phase,train_loss,")
        .endsWith(",seconds");
    String times = "select epoch_us(finished_at) from ";
    assertThat(
            SmallSweep.select(
                times
                    + "read_csv('"
                    + folder.resolve("trials.csv")
                    + "', types = {'finished_at': 'TIMESTAMPTZ'}) order by 1"))
        .isEqualTo(SmallSweep.select(times + "'%s/trials/*.parquet' order by 1"));
  }

  @Test
  void isWrittenAnewAndLeavesNothingBeside() throws IOException {
    String line = export(folder);
    assertThat(line)
        .startsWith("CSV files in " + folder + ": steps.csv with ")
        .endsWith(", trials.csv with 6 rows");
    byte[] first = Files.readAllBytes(folder.resolve("steps.csv"));
    assertThat(export(folder)).isEqualTo(line);
    assertThat(Files.readAllBytes(folder.resolve("steps.csv"))).isEqualTo(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "steps.csv",
              "eigenvalues.csv",
              "overlaps.csv",
              "density.csv",
              "layers.csv",
              "trials.csv");
    }
  }

  @Test
  void keepsNoTableOfAnEarlierExport() throws IOException {
    export(folder);
    Path copy = SmallSweep.copyTo(folder.resolve("copy"));
    List<TrialRows> without = FoundTrials.in(List.of(copy.toString()), hadoop).trials();
    try (Stream<Path> files = Files.list(copy.resolve("overlaps"))) {
      files.forEach(f -> f.toFile().delete());
    }
    CsvFolder.open(folder.toString(), hadoop).write(without);
    assertThat(folder.resolve("overlaps.csv")).doesNotExist();
    assertThat(folder.resolve("trials.csv")).exists();
  }

  /** A trial that cannot be read in the middle: what was there stays, and nothing looks whole. */
  @Test
  void leavesTheEarlierExportWhereATrialCannotBeRead() throws IOException {
    export(folder);
    Path copy = SmallSweep.copyTo(folder.resolve("copy"));
    List<TrialRows> trials = FoundTrials.in(List.of(copy.toString()), hadoop).trials();
    Files.write(
        copy.resolve("eigenvalues/" + trials.get(3).name() + ".parquet"), new byte[] {1, 2, 3});
    byte[] before = Files.readAllBytes(folder.resolve("steps.csv"));
    Path empty = folder.resolve("empty");
    for (Path target : List.of(folder, empty)) {
      CsvFolder csv = CsvFolder.open(target.toString(), hadoop);
      assertThatThrownBy(() -> csv.write(trials))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining(target + ": cannot be written (");
    }
    assertThat(Files.readAllBytes(folder.resolve("steps.csv"))).isEqualTo(before);
    assertThat(folder.resolve("trials.csv")).exists();
    try (Stream<Path> files = Files.list(empty)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void refusesAFileThatIsNone() throws IOException {
    Path steps = Files.writeString(folder.resolve("steps.csv"), "mine,too\n");
    assertThatThrownBy(() -> export(folder))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "%s is there and is no export of the table steps; move it away or choose another folder",
            steps);
    assertThat(steps).hasContent("mine,too");
    assertThatThrownBy(() -> export(steps))
        .isInstanceOf(OutputException.class)
        .hasMessage("%s is a file, expected a folder for CSV files; choose another", steps);
  }
}
