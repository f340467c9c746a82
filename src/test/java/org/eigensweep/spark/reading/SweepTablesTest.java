package org.eigensweep.spark.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.table.OverlapsTable;
import org.eigensweep.spark.table.StepsTable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTablesTest {
  private static final MadeTrial PLAIN =
      MadeTrial.of("fake", 0.1, 1, Continuation.PLAIN).losses(20, 1, t -> 1.0 / (t + 1));
  private static final MadeTrial BULK =
      MadeTrial.of("fake", 0.1, 1, Continuation.BULK).losses(20, 1, t -> 2.0 / (t + 1));

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
    SparkSession.clearActiveSession();
  }

  private static SweepFolders find(Object... paths) {
    return SweepFolders.find(
        Arrays.stream(paths).map(Object::toString).toList(), new Configuration());
  }

  private static SweepTables tables(Object... paths) {
    return new SweepTables(spark, find(paths));
  }

  private static List<String> rows(Dataset<Row> data) {
    return data.collectAsList().stream().map(row -> row.mkString(" ")).sorted().toList();
  }

  @Test
  void aFinishedTrialIsInAllTables() throws IOException {
    PLAIN.finish(folder);
    SweepTables tables = tables(folder);
    assertThat(rows(tables.trials().select("trial", "status", "seed")))
        .containsExactly(PLAIN.hash() + " completed 1");
    assertThat(tables.steps().count()).isEqualTo(21);
    assertThat(tables.eigenvalues().count()).isEqualTo(42);
    assertThat(rows(tables.identities().select("trial", "branch", "status")))
        .containsExactly(PLAIN.hash() + " plain completed");
  }

  /** Every column by its type, by Spark's reader and by the one for files that grow. */
  @Test
  void aRunningTrialHasTheSameRowsAsAFinishedOneAndNoneInTrials(@TempDir Path other)
      throws IOException {
    PLAIN.divergedAt(21).finish(folder);
    PLAIN.divergedAt(21).show(other);
    SweepTables finished = tables(folder);
    SweepTables running = tables(other);
    assertThat(rows(running.steps())).hasSize(22).isEqualTo(rows(finished.steps()));
    assertThat(running.steps().schema()).isEqualTo(finished.steps().schema());
    assertThat(rows(running.eigenvalues())).hasSize(42).isEqualTo(rows(finished.eigenvalues()));
    assertThat(rows(running.trials())).isEmpty();
    assertThat(rows(running.identities().select("trial", "status")))
        .containsExactly(PLAIN.hash() + " running");
  }

  @Test
  void aTableWithoutFilesHasItsColumnsAndNoRows() throws IOException {
    PLAIN.finish(folder);
    assertThat(tables(folder).overlaps().schema()).isEqualTo(OverlapsTable.TABLE.sparkSchema());
    assertThat(rows(tables(folder).overlaps())).isEmpty();
  }

  /** The sweep goes on between the look at the folder and the reading, as far as it likes. */
  @Test
  void aTrialThatGrowsOrEndsMeanwhileLosesNoRows() throws IOException {
    PLAIN.losses(1, 1, t -> 1).show(folder);
    BULK.losses(1, 1, t -> 1).show(folder);
    Dataset<Row> steps = tables(folder).steps();
    PLAIN.losses(5000, 1, t -> 1.0 / (t + 1)).show(folder);
    BULK.losses(4000, 1, t -> 1.0 / (t + 1)).finish(folder);
    assertThat(steps.count()).isEqualTo(5001 + 4001);
  }

  /** Files are replaced by deleting one and renaming another, between which there is neither. */
  @Test
  void aFileThatIsBeingReplacedIsWaitedFor() throws Exception {
    PLAIN.show(folder);
    SweepTables tables = tables(folder);
    Path file = folder.resolve("steps").resolve(PLAIN.name() + ".parquet");
    Path aside = file.resolveSibling("." + file.getFileName() + ".unfinished");
    Files.move(file, aside);
    Thread sweep = new Thread(() -> moveBack(aside, file));
    sweep.start();
    assertThat(tables.steps().count()).isEqualTo(21);
    sweep.join();
    Files.move(file, aside);
    Thread again = new Thread(() -> moveBack(aside, file));
    again.start();
    assertThat(tables(folder).steps().count()).isEqualTo(21);
    again.join();
  }

  private static void moveBack(Path from, Path to) {
    try {
      Thread.sleep(150);
      Files.move(from, to);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHiddenFileIsNoTrial() throws IOException {
    PLAIN.finish(folder);
    Files.writeString(folder.resolve("steps/.x-0123456789ab.parquet.unfinished"), "PAR1");
    Files.writeString(folder.resolve("_driver-1"), "");
    assertThat(tables(folder).steps().count()).isEqualTo(21);
  }

  @Test
  void aTrialInTwoFoldersCountsOnceWhereItIsFinished() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    PLAIN.losses(10, 1, t -> 1).show(first);
    BULK.finish(first);
    PLAIN.finish(second);
    for (SweepFolders found : List.of(find(first, second), find(second, first))) {
      SweepTables tables = new SweepTables(spark, found);
      assertThat(tables.steps().count()).isEqualTo(42);
      assertThat(rows(tables.trials().select("trial"))).hasSize(2);
      assertThat(found.finished()).isEqualTo(2);
      assertThat(found.unfinished()).isZero();
    }
  }

  @Test
  void aTrialThatIsFinishedNowhereCountsWhereItHasComeFurthest() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    PLAIN.losses(10, 1, t -> 1).show(first);
    PLAIN.show(second);
    assertThat(tables(first, second).steps().count()).isEqualTo(21);
    assertThat(tables(second, first).steps().count()).isEqualTo(21);
    assertThat(find(first, second).unfinished()).isEqualTo(1);
  }

  @Test
  void ofTwoFinishedCopiesTheFirstNamedCounts() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    PLAIN.finish(first);
    PLAIN.under("other name").finish(second);
    assertThat(rows(tables(first, second).trials().select("experiment"))).containsExactly("fake");
    assertThat(rows(tables(second, first).trials().select("experiment")))
        .containsExactly("other name");
  }

  @Test
  void aFolderThatIsNamedTwiceIsReadOnce() throws IOException {
    PLAIN.finish(folder);
    assertThat(tables(folder, folder + "/", folder.toUri()).steps().count()).isEqualTo(21);
    assertThat(find(folder, folder + "/").folders()).hasSize(1);
  }

  @Test
  void aPatternNamesAllFoldersWithTablesAndPassesOverOthers() throws IOException {
    PLAIN.finish(folder.resolve("one"));
    BULK.show(folder.resolve("two"));
    Files.createDirectory(folder.resolve("figures"));
    Files.writeString(folder.resolve("notes.txt"), "");
    assertThat(tables(folder + "/*").steps().count()).isEqualTo(42);
    assertThat(find(folder + "/*").folders()).hasSize(2);
  }

  /** Spark would take these for patterns, and a name with = for a column of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"[ab]", "{a,b}", "a*b?", "rank=3", "with space % and #", "ümlaut"})
  void aFolderOfAnyNameIsRead(String name) throws IOException {
    Path odd = folder.resolve(name);
    PLAIN.finish(odd);
    BULK.show(odd);
    SweepTables tables = tables(odd);
    assertThat(tables.steps().count()).isEqualTo(42);
    assertThat(rows(tables.steps().select("rank").distinct())).containsExactly("1");
  }

  @Test
  void whatIsNoFolderIsRefused() throws IOException {
    refused(folder.resolve("none"), "none: no such folder, expected the output folder of a sweep");
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(file, "file: a file, expected the output folder of a sweep");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    refused(empty, "empty: an empty folder, expected the output folder of a sweep");
    refused(
        folder + "/e*",
        "/e*: none of these 1 holds rows of a trial, expected the output folder of a sweep");
    refused(
        "nowhere://x/y",
        "nowhere://x/y: cannot be read (UnsupportedFileSystemException: No FileSystem for scheme"
            + " \"nowhere\"), expected the output folder of a sweep");
  }

  @Test
  void aFolderWithoutRowsIsRefusedWithAHintWhereTheyAre() throws IOException {
    Path results = folder.resolve("results");
    Files.createDirectories(results.resolve("checkpoints"));
    refused(
        results,
        "results: no rows of a trial in it, expected the output folder of a sweep; those of a sweep"
            + " that has just begun come after about a minute");
    PLAIN.finish(results.resolve("run"));
    refused(
        results,
        "results: no rows of a trial in it, expected the output folder of a sweep, as its run is;"
            + " name that, or '"
            + results
            + "/*' for all");
  }

  @Test
  void aFileThatIsNoneOfATrialIsRefused() throws IOException {
    PLAIN.finish(folder);
    Files.copy(
        folder.resolve("steps").resolve(PLAIN.name() + ".parquet"),
        folder.resolve("steps/copy.parquet"));
    refused(
        folder,
        " holds steps/copy.parquet, which is no file of a trial, expected only files that eigensweep"
            + " run wrote; move it away");
  }

  @Test
  void aFinishedTrialWithoutStepsIsRefused() throws IOException {
    PLAIN.finish(folder);
    BULK.finish(folder);
    Files.delete(folder.resolve("steps").resolve(PLAIN.name() + ".parquet"));
    refused(
        folder,
        " has trial %s in trials and not in steps, expected its rows in both; run its sweep again, which makes them anew"
            .formatted(PLAIN.hash()));
  }

  @Test
  void anotherVersionOfTheTablesIsRefused() throws IOException {
    PLAIN.show(folder);
    Path file = folder.resolve("steps").resolve(PLAIN.name() + ".parquet");
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file,
        content.replace("eigensweep.schema\30\0011", "eigensweep.schema\30\0012"),
        StandardCharsets.ISO_8859_1);
    refused(
        folder,
        PLAIN.name()
            + ".parquet has version 2 of the tables, expected 1; read it with the eigensweep that"
            + " wrote it, or choose another folder");
  }

  @Test
  void aFileThatIsNoParquetIsRefused() throws IOException {
    PLAIN.finish(folder);
    Path file = folder.resolve("trials").resolve(PLAIN.name() + ".parquet");
    Files.writeString(file, "something else altogether");
    assertThatThrownBy(() -> find(folder))
        .isInstanceOf(OutputException.class)
        .hasMessageContaining(PLAIN.name() + ".parquet: cannot be read (")
        .hasMessageEndingWith(
            "expected a file that eigensweep run wrote; run its sweep again, which makes it anew");
  }

  /** A column that a later eigensweep added, seen from files that an earlier one wrote. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aColumnThatAFileHasNotIsNull(boolean finished) throws IOException {
    MadeTrial written = finished ? PLAIN.finish(folder) : PLAIN.show(folder);
    SweepTables tables = tables(folder);
    Path steps = folder.resolve("steps").resolve(written.name() + ".parquet");
    Path earlier = folder.resolve("earlier");
    spark
        .read()
        .parquet(steps.toString())
        .drop("branch_method", "distance")
        .coalesce(1)
        .write()
        .parquet(earlier.toString());
    try (Stream<Path> files = Files.list(earlier)) {
      Path part = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(part, steps, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(rows(tables.steps().where("distance is null").select("step", "train_loss")))
        .hasSize(21)
        .contains("4 0.2");
    assertThat(tables.steps().schema()).isEqualTo(StepsTable.TABLE.sparkSchema());
  }

  private static void refused(Object path, String message) {
    assertThatThrownBy(() -> find(path))
        .isInstanceOf(OutputException.class)
        .hasMessageEndingWith(message);
  }
}
