package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.eigensweep.experiment.Status;
import org.eigensweep.experiment.Sweep;
import org.eigensweep.experiment.TrialSummary;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.output.OutputLock;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.run.TaskRuns;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.JavaConverters;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepJobTest {
  private static final String SETTINGS = "{\"name\":\"fake\",\"steps\":6}";
  private static final List<UpdateRule> BOTH = List.of(UpdateRule.PLAIN, UpdateRule.BULK);

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private SparkSession spark;
  private Path calls;
  private String output;

  @BeforeAll
  void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.scheduler.mode", "FAIR")
            // A handful of rows is not worth compiling queries for.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .getOrCreate();
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @BeforeEach
  void folders(@TempDir Path temporary) throws IOException {
    calls = Files.createDirectory(temporary.resolve("calls"));
    output = temporary.resolve("output").toString();
    console.reset();
  }

  private SweepReport run(Sweep sweep) {
    return run(sweep, SETTINGS, "abc");
  }

  private SweepReport run(Sweep sweep, String settings, String digest) {
    PrintStream printed = new PrintStream(console, true, StandardCharsets.UTF_8);
    return SweepJob.run(
        sweep,
        FakeRunner.data(digest),
        output,
        Map.of("settings", settings, "commit", "c0ffee"),
        printed,
        TaskRuns.opener(FakeRunner.countingIn(calls)));
  }

  private Dataset<Row> table(String name) {
    return spark.read().parquet(output + "/" + name);
  }

  private String printed() {
    return console.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesEachPointOfTrunkAndBranchOnce() {
    run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH));
    Dataset<Row> steps = table("steps");
    assertThat(steps.schema().apply("trial").dataType()).isEqualTo(DataTypes.StringType);
    assertThat(steps.schema().apply("chi_update").getComment().isDefined()).isTrue();
    assertThat(rows(steps, "lr0.5-seed7-rank1-bulk", "step"))
        .containsExactly(
            values(
                0, "trunk", 1.0, 0.5, 2.0, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, null, 2L, 3, 2, 1, 0.5),
            values(
                2, "branch", 1.0 / 3, 0.5, 2.0 / 3, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, 0.0, 4L, 3, 2, 1,
                0.5),
            values(
                4, "branch", 0.2, 0.5, 0.4, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, 2.0, 6L, 3, 2, 1, 0.5),
            values(
                6, "branch", 1.0 / 7, 0.5, 2.0 / 7, 0.25, 5.0, 0.6, null, null, null, 4.0, 8L, 3, 2,
                1, 0.5));
    assertThat(rows(table("eigenvalues"), "lr0.5-seed7-rank1-plain", "step", "index"))
        .hasSize(8)
        .startsWith(
            values(0, 1, 8.0, 0.125, 0.6, "tracked", 1),
            values(0, 2, 4.0, 0.0625, -0.8, "tracked", 1));
  }

  private static List<List<Object>> rows(Dataset<Row> table, String trial, String... order) {
    String first = order[0];
    String[] rest = Arrays.copyOfRange(order, 1, order.length);
    return table
        .where("trial = '" + trial + "'")
        .drop("trial")
        .sort(first, rest)
        .collectAsList()
        .stream()
        .map(row -> JavaConverters.seqAsJavaList(row.toSeq()))
        .toList();
  }

  private static List<Object> values(Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void showsWhereATrialDivergedAndNothingThatWasNotMeasuredThere() {
    run(FakeRunner.sweep(List.of(FakeRunner.DIVERGES), List.of(UpdateRule.BULK)));
    String trial = "lr4.0-seed7-rank1-bulk";
    Object[] nothing = new Object[17];
    nothing[0] = 3;
    nothing[1] = "branch";
    nothing[12] = 0L;
    Arrays.fill(nothing, 13, 16, 0);
    assertThat(rows(table("steps"), trial, "step")).hasSize(3).endsWith(values(nothing));
    assertThat(rows(table("eigenvalues"), trial, "step", "index"))
        .extracting(row -> row.get(0))
        .containsExactly(0, 0, 2, 2);
  }

  @Test
  void keepsEveryEndOfATrialWithItsProvenance() {
    SweepReport report =
        run(
            FakeRunner.sweep(
                List.of(FakeRunner.COMPLETES, FakeRunner.DIVERGES, FakeRunner.NEVER_SWITCHES),
                List.of(UpdateRule.BULK)));
    assertThat(report.trials())
        .extracting(TrialSummary::status)
        .containsExactly(Status.COMPLETED, Status.DIVERGED, Status.NOT_SWITCHED);
    Dataset<Row> trials = table("trials");
    assertThat(
            trials
                .select(
                    "trial",
                    "status",
                    "switch_step",
                    "switch_chi",
                    "diverged_step",
                    "final_step",
                    "final_train_loss",
                    "final_train_accuracy",
                    "final_test_loss",
                    "final_test_accuracy",
                    "trunk_steps",
                    "branch_steps",
                    "steps_per_second")
                .sort("learning_rate")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[lr0.001-seed7-rank1-bulk,not-switched,null,null,null,6,%s,0.5,%s,0.25,6,0,12.0]"
                .formatted(1.0 / 7, 2.0 / 7),
            "[lr0.5-seed7-rank1-bulk,completed,2,0.75,null,6,%s,0.5,%s,0.25,2,4,16.0]"
                .formatted(1.0 / 7, 2.0 / 7),
            "[lr4.0-seed7-rank1-bulk,diverged,2,0.75,3,null,null,null,null,null,2,1,4.0]");
    assertThat(
            trials
                .select(
                    "name",
                    "settings",
                    "train_source",
                    "train_sha256",
                    "test_sha256",
                    "version",
                    "commit",
                    "spark_version",
                    "precision",
                    "threads",
                    "nd4j_version")
                .distinct()
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[fake,%s,made up,abc,b0b,null,c0ffee,%s,float64,1,1.0.0-M2.1]"
                .formatted(SETTINGS, spark.version()));
    assertThat(trials.where("host is null or finished_at is null").count()).isZero();
    assertThat(printed()).contains("15 of 15 steps (100 %)");
  }

  @Test
  void runsOnlyWhatIsMissingAndReadsTheRestBack() throws IOException {
    leaveHalfWritten("lr0.5-seed7-rank1-plain");
    run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), List.of(UpdateRule.PLAIN)));
    assertThat(FakeRunner.callsIn(calls)).hasSize(2);
    SweepReport second = run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH));
    assertThat(FakeRunner.callsIn(calls))
        .containsExactly(
            "lr0.5-seed7", "lr0.5-seed7", "lr0.5-seed7-rank1-bulk", "lr0.5-seed7-rank1-plain");
    assertThat(printed()).contains("1 of 2 trials were finished in " + output);
    SweepReport third = run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH));
    assertThat(FakeRunner.callsIn(calls)).hasSize(4);
    assertThat(third.trials()).isEqualTo(second.trials());
    assertThat(printed()).contains("2 of 2 trials were finished in " + output);
  }

  @Test
  void runsWhatDoesNotProjectOnceForAllRanks() {
    run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), List.of(1, 2), BOTH));
    assertThat(FakeRunner.callsIn(calls))
        .containsExactly(
            "lr0.5-seed7",
            "lr0.5-seed7-rank1-bulk",
            "lr0.5-seed7-rank1-plain",
            "lr0.5-seed7-rank2-bulk");
    // The same points, seen with the k of each trial: a gradient (3, 4) within both pairs.
    assertThat(rows(table("steps"), "lr0.5-seed7-rank1-plain", "step"))
        .contains(
            values(
                2, "branch", 1.0 / 3, 0.5, 2.0 / 3, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, 0.0, 4L, 3, 2, 1,
                0.5));
    assertThat(
            table("steps")
                .where("trial = 'lr0.5-seed7-rank2-plain' and step = 2")
                .select("phase", "train_loss", "chi_gradient", "distance")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[branch,%s,1.0,0.0]".formatted(1.0 / 3));
    assertThat(table("trials").select("branch_steps").distinct().collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(4);
    assertThat(printed()).contains("14 of 14 steps (100 %)");
  }

  @Test
  void goesOnFromATrunkThatAnEarlierRunFinished() throws IOException {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.FAILS_IN_BULK), BOTH);
    assertThatThrownBy(() -> run(sweep)).isInstanceOf(SweepException.class);
    assertThat(Path.of(output, "trunks", "lr50.0-seed7")).isRegularFile();
    String line = "1 of 1 trunks are kept in " + output + ", and their trials go on from them";
    assertThat(printed()).doesNotContain(line);
    assertThatThrownBy(() -> run(sweep)).isInstanceOf(SweepException.class);
    assertThat(printed()).contains(line);
    assertThat(FakeRunner.callsIn(calls))
        .containsExactly(
            "lr50.0-seed7",
            "lr50.0-seed7-rank1-bulk",
            "lr50.0-seed7-rank1-bulk",
            "lr50.0-seed7-rank1-plain");

    Files.writeString(Path.of(output, "trunks", "lr50.0-seed7"), "no trunk");
    assertThatThrownBy(() -> run(sweep)).isInstanceOf(SweepException.class);
    assertThat(FakeRunner.callsIn(calls)).hasSize(6).startsWith("lr50.0-seed7", "lr50.0-seed7");
    assertThat(Path.of(output, "trunks")).isDirectoryContaining("glob:**.set-aside-*");
  }

  @Test
  void keepsNoTrunkWhoseTrialsAreFinished() throws IOException {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    run(sweep);
    Path trunks = Path.of(output, "trunks");
    assertThat(trunks).doesNotExist();
    Files.writeString(Files.createDirectory(trunks).resolve("lr0.5-seed7"), "left by a kill");
    run(sweep);
    assertThat(trunks).doesNotExist();
    assertThat(FakeRunner.callsIn(calls)).hasSize(3);
  }

  /** What a job leaves that is killed while it writes a trial's row. */
  private void leaveHalfWritten(String trial) throws IOException {
    Path attempt = Path.of(output, "trials", "trial=" + trial, "_temporary", "0");
    Files.writeString(Files.createDirectories(attempt).resolve("part-0.parquet"), "PAR1");
  }

  @Test
  void refusesAFolderOfOtherSettingsOrData() {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.NEVER_SWITCHES), List.of(UpdateRule.PLAIN));
    run(sweep);
    assertThatThrownBy(() -> run(sweep, "{\"name\":\"fake\",\"steps\":500}", "abd"))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            output
                + " holds trials of another experiment: settings found: \"steps\":6, expected:"
                + " \"steps\":500; training data found: abc, expected: abd; choose another"
                + " eigensweep.output or delete the folder");
    assertThat(FakeRunner.callsIn(calls)).hasSize(1);
  }

  @Test
  void refusesAFolderThatAnotherDriverUses() throws IOException {
    Files.createDirectory(Path.of(output));
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(output);
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    try (OutputLock other =
        OutputLock.take(folder.getFileSystem(spark.sparkContext().hadoopConfiguration()), folder)) {
      assertThatThrownBy(() -> run(sweep))
          .isInstanceOf(OutputException.class)
          .hasMessageStartingWith(output + " is in use by a driver on ");
      other.check();
    }
    assertThat(FakeRunner.callsIn(calls)).isEmpty();
    run(sweep);
    assertThat(Path.of(output)).isDirectoryNotContaining("glob:**/*_driver-*");
  }

  @Test
  void leavesTheFolderToOthersAfterAFailure() {
    Sweep fails = FakeRunner.sweep(List.of(FakeRunner.FAILS_IN_TRUNK), List.of(UpdateRule.PLAIN));
    assertThatThrownBy(() -> run(fails)).isInstanceOf(SweepException.class);
    assertThat(Path.of(output)).isDirectoryNotContaining("glob:**/*_driver-*");
  }

  @Test
  void refusesAFolderThatCannotBeMade() throws IOException {
    Files.writeString(Path.of(output), "a file");
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    assertThatThrownBy(() -> run(sweep))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith("cannot make the folder " + output + " (")
        .hasMessageEndingWith("; set eigensweep.output to one that can be written");
    assertThat(FakeRunner.callsIn(calls)).isEmpty();
  }

  @Test
  void finishesTheOthersBeforeItReportsTasksThatFailed() {
    Sweep sweep =
        FakeRunner.sweep(
            List.of(FakeRunner.FAILS_IN_TRUNK, FakeRunner.FAILS_IN_BULK, FakeRunner.COMPLETES),
            BOTH);
    assertThatThrownBy(() -> run(sweep))
        .isInstanceOf(SweepException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("3 of 6 trials failed: ")
        .hasMessageContainingAll(
            "lr100.0-seed7-rank1-plain",
            "lr100.0-seed7-rank1-bulk",
            "lr50.0-seed7-rank1-bulk",
            "first cause: IllegalStateException: no trunk;")
        .hasMessageEndingWith("what is finished is in " + output + ", run again to try only these");
    assertThat(table("trials").select("trial").sort("trial").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "lr0.5-seed7-rank1-bulk", "lr0.5-seed7-rank1-plain", "lr50.0-seed7-rank1-plain");
    assertThat(printed()).contains("16 of 16 steps (100 %)");
  }

  @Test
  void refusesProvenanceThatNoColumnTakes() {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    assertThatThrownBy(
            () ->
                SweepJob.run(
                    sweep,
                    FakeRunner.data("abc"),
                    new Placement.TrialPerTask(),
                    output,
                    Map.of("host", "me"),
                    System.out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "provenance has the keys [host]: expected settings, and perhaps version and commit");
  }
}
