package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.export.SmallSweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command takes, leaves out and refuses. */
class ExportCommandTest {
  @TempDir private Path folder;

  private Captured export(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("export"));
    Stream.of(arguments).map(Object::toString).forEach(all::add);
    return Captured.execute(all.toArray(String[]::new));
  }

  private static void assertRefused(Captured export, String line) {
    assertThat(export.err()).isEqualTo("eigensweep: " + line + "\n");
    assertThat(export.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(export.out()).isEmpty();
  }

  @Test
  void exportsToTwoPlacesAtOnce() throws IOException {
    Path csv = folder.resolve("csv");
    Path board = folder.resolve("board");
    Captured export = export(SmallSweep.folder(), "--csv", csv, "--tensorboard", board);
    assertThat(export.status()).as(export.err()).isZero();
    assertThat(export.err()).isEmpty();
    assertThat(export.out())
        .matches(
            "(?s)CSV files in "
                + csv
                + ": .*, trials.csv with 6 rows\nTensorBoard runs in "
                + board
                + ": 6 new, 0 there before\n");
  }

  @Test
  void takesATrialOfTwoFoldersOnce() throws IOException {
    Path copy = SmallSweep.copyTo(folder.resolve("copy"));
    Captured export = export(SmallSweep.folder(), copy, "--csv", folder.resolve("csv"));
    assertThat(export.status()).as(export.err()).isZero();
    assertThat(export.err())
        .isEqualTo("6 trials are in an earlier folder too, and exported from there\n");
    assertThat(export.out()).contains("trials.csv with 6 rows");
  }

  @Test
  void leavesOutWhatIsNotFinishedAndSaysSo() throws IOException {
    Path copy = SmallSweep.copyTo(folder.resolve("copy"));
    List<String> names = SmallSweep.names();
    Files.delete(copy.resolve("trials/" + names.get(0) + ".parquet"));
    Files.delete(copy.resolve("seals/" + names.get(0) + ".sha256"));
    Files.write(copy.resolve("steps/" + names.get(1) + ".parquet"), new byte[] {1});
    Captured export = export(copy, "--csv", folder.resolve("csv"));
    assertThat(export.status()).as(export.err()).isZero();
    assertThat(export.err())
        .isEqualTo(
            """
            1 trial is not finished in %1$s and left out
            %2$s is left out: in %1$s, steps/%2$s.parquet has another SHA-256 than when it was written; run its sweep again
            """
                .formatted(copy, names.get(1)));
    assertThat(export.out()).contains("trials.csv with 4 rows");
    assertThat(Files.readString(folder.resolve("csv/steps.csv")))
        .doesNotContain(hash(names.get(0)), hash(names.get(1)))
        .contains(hash(names.get(2)));
  }

  private static String hash(String name) {
    return name.substring(name.lastIndexOf('-') + 1);
  }

  @Test
  void refusesAFolderWithoutTables() throws IOException {
    Path csv = folder.resolve("csv");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(
        export(SmallSweep.folder(), empty, "--csv", csv),
        empty + " has no table steps, expected the output folder of a sweep");
    Path none = folder.resolve("none");
    assertRefused(
        export(none, "--csv", csv),
        none + " has no table steps, expected the output folder of a sweep");
    assertRefused(
        export("nowhere://a", "--csv", csv),
        "cannot read nowhere://a (UnsupportedFileSystemException: No FileSystem for scheme"
            + " \"nowhere\"), expected the output folder of a sweep");
    assertThat(csv).doesNotExist();
  }

  @Test
  void refusesAFolderWithoutAFinishedTrial() throws IOException {
    Path copy = SmallSweep.copyTo(folder.resolve("copy"));
    for (String name : SmallSweep.names()) {
      Files.delete(copy.resolve("trials/" + name + ".parquet"));
    }
    assertRefused(
        export(copy, "--csv", folder.resolve("csv")),
        copy
            + ": no finished trial, expected one at least (6 trials are not finished in "
            + copy
            + " and left out); export when a trial is finished");
  }

  @Test
  void asksForAPlace() throws IOException {
    assertRefused(
        export(SmallSweep.folder()),
        "nowhere to export to, expected --csv DIR, --tensorboard DIR or --mlflow URI; see"
            + " eigensweep export --help");
    assertRefused(
        export("--csv", folder), "Missing required parameter: 'DIR'; see eigensweep export --help");
  }

  /** All places are looked at before anything is written to one. */
  @Test
  void writesNothingWhereOnePlaceCannotBe() throws IOException {
    Path csv = folder.resolve("csv");
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(
        export(SmallSweep.folder(), "--csv", csv, "--tensorboard", file),
        file + " is a file, expected a folder for TensorBoard; choose another");
    for (String uri : List.of("", "here", "ftp://a", "http:", "http://", "http://a b", "file:/x")) {
      assertRefused(
          export(SmallSweep.folder(), "--csv", csv, "--mlflow", uri),
          "--mlflow "
              + uri
              + " is no address, expected the address of an MLflow tracking server as in"
              + " http://localhost:5000");
    }
    assertThat(csv).doesNotExist();
  }

  @Test
  void refusesAPlaceBelowAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (String target : List.of("--csv", "--tensorboard")) {
      Captured export = export(SmallSweep.folder(), target, file.resolve("below"));
      assertThat(export.status()).isEqualTo(ExitStatus.BAD_INPUT);
      assertThat(export.err())
          .startsWith("eigensweep: " + file.resolve("below") + ": cannot be written (")
          .containsOnlyOnce("\n");
    }
  }
}
