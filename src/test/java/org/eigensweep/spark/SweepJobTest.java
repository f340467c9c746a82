package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Fingerprint;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.output.OutputLock;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.run.TaskRuns;
import org.eigensweep.spark.task.DeviceChoice;
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
  private static final List<Continuation> BOTH = List.of(Continuation.PLAIN, Continuation.BULK);

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

  /** Columns that come from the same point; {@code MeasuredStepTest} has their definitions. */
  private static final String[] DERIVED = {
    "branch_method",
    "chi_minibatch_gradient",
    "chi_base_update",
    "minibatch_gradient_norm",
    "base_update_norm",
    "update_norm",
    "loss_change_first_dominant",
    "loss_change_second_dominant",
    "loss_change_first_bulk",
    "loss_change_second_bulk",
    "loss_change",
    "sharpness",
    "stability_threshold",
    "gradient_noise",
    "gradient_noise_dominant",
    "distance_to_plain"
  };

  private static final String[] IDENTITY = {
    "trial",
    "experiment",
    "data",
    "model",
    "loss",
    "optimizer",
    "batch_size",
    "learning_rate",
    "seed",
    "rank",
    "branch",
    "a",
    "b"
  };

  private SweepReport run(Sweep sweep) {
    return run(sweep, SETTINGS, "abc");
  }

  private SweepReport run(Sweep sweep, String settings, String digest) {
    PrintStream printed = new PrintStream(console, true, StandardCharsets.UTF_8);
    return SweepJob.run(
        sweep,
        FakeRunner.problem(digest),
        output,
        Duration.ofMinutes(1),
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
    assertThat(rows(steps, 0.5, 1, "bulk", "step"))
        .containsExactly(
            values(
                0, "trunk", 1.0, 0.5, 2.0, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, null, 3.0, 1, 2L, 3, 2, 1,
                0.5, 0.0),
            values(
                2, "branch", 1.0 / 3, 0.5, 2.0 / 3, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, 0.0, 1.0, 3, 4L,
                3, 2, 1, 0.5, 0.75),
            values(
                4, "branch", 0.2, 0.5, 0.4, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, 2.0, 0.6, 5, 6L, 3, 2, 1,
                0.5, 1.0),
            values(
                6, "branch", 1.0 / 7, 0.5, 2.0 / 7, 0.25, 5.0, 0.6, null, null, null, 4.0, null, 7,
                8L, 3, 2, 1, 0.5, 1.25));
    assertThat(rows(table("eigenvalues"), 0.5, 1, "plain", "step", "pair"))
        .hasSize(8)
        .startsWith(
            values(0, 1, 8.0, 0.125, 0.6, 0.6, 0.6, -4.5, 9.0, "tracked"),
            values(0, 2, 4.0, 0.0625, -0.8, 1.0, 1.0, -8.0, 8.0, "tracked"));
  }

  /** The rows of a trial without what identifies it and without times. */
  private static List<List<Object>> rows(
      Dataset<Row> table, double learningRate, int rank, String branch, String... order) {
    String first = order[0];
    String[] rest = Arrays.copyOfRange(order, 1, order.length);
    return table
        .where(
            "learning_rate = %s and rank = %d and branch = '%s'"
                .formatted(learningRate, rank, branch))
        .drop(IDENTITY)
        .drop(DERIVED)
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
    run(FakeRunner.sweep(List.of(FakeRunner.DIVERGES), List.of(Continuation.BULK)));
    Object[] nothing = new Object[20];
    nothing[0] = 3;
    nothing[1] = "branch";
    nothing[13] = 0;
    nothing[14] = 0L;
    Arrays.fill(nothing, 15, 18, 0);
    nothing[19] = 0.875;
    assertThat(rows(table("steps"), 4, 1, "bulk", "step")).hasSize(3).endsWith(values(nothing));
    assertThat(rows(table("eigenvalues"), 4, 1, "bulk", "step", "pair"))
        .extracting(row -> row.get(0))
        .containsExactly(0, 0, 2, 2);
  }

  @Test
  void keepsEveryEndOfATrialWithItsProvenance() {
    SweepReport report =
        run(
            FakeRunner.sweep(
                List.of(FakeRunner.COMPLETES, FakeRunner.DIVERGES, FakeRunner.NEVER_SWITCHES),
                List.of(Continuation.BULK)));
    assertThat(report.trials())
        .extracting(TrialSummary::status)
        .containsExactly(Status.COMPLETED, Status.DIVERGED, Status.NOT_SWITCHED);
    Dataset<Row> trials = table("trials");
    assertThat(
            trials
                .select(
                    "experiment",
                    "status",
                    "switch_step",
                    "switch_chi",
                    "switch_train_loss",
                    "branch_chi",
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
            "[fake,not-switched,null,null,null,null,null,6,%s,0.5,%s,0.25,6,0,12.0]"
                .formatted(1.0 / 7, 2.0 / 7),
            "[fake,completed,2,0.75,%s,0.6,null,6,%s,0.5,%s,0.25,2,4,16.0]"
                .formatted(1.0 / 3, 1.0 / 7, 2.0 / 7),
            "[fake,diverged,2,0.75,%s,0.6,3,null,null,null,null,null,2,1,4.0]".formatted(1.0 / 3));
    assertThat(
            trials
                .select(
                    "experiment",
                    "schema_version",
                    "data",
                    "model",
                    "loss",
                    "optimizer",
                    "batch_size",
                    "branch",
                    "a",
                    "b",
                    "settings",
                    "train_source",
                    "train_sha256",
                    "test_sha256",
                    "eigensweep_version",
                    "git_commit",
                    "spark_version",
                    "precision",
                    "threads",
                    "nd4j_version")
                .distinct()
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[fake,1,made up,mlp hidden= activation=identity initialization=pytorch,mse,sgd,1,bulk,0.0,1.0,%s,made up,abc,b0b,null,c0ffee,%s,float64,1,1.0.0-M2.1]"
                .formatted(SETTINGS, spark.version()));
    assertThat(trials.where("host is null or finished_at is null").count()).isZero();
    assertThat(printed()).contains("15 of 15 steps (100 %)");
  }

  @Test
  void runsOnlyWhatIsMissingAndReadsTheRestBack() throws IOException {
    leaveHalfWritten();
    run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), List.of(Continuation.PLAIN)));
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
    assertThat(rows(table("steps"), 0.5, 1, "plain", "step"))
        .contains(
            values(
                2, "branch", 1.0 / 3, 0.5, 2.0 / 3, 0.25, 5.0, 0.6, 0.6, 0.5, 0.5, 0.0, 1.0, 3, 4L,
                3, 2, 1, 0.5, 0.75));
    assertThat(
            table("steps")
                .where("rank = 2 and branch = 'plain' and step = 2")
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
    assertThat(trunk("lr50.0-seed7")).isRegularFile();
    String line = "1 of 1 trunks and 0 of 2 branches go on from their checkpoints in " + output;
    assertThat(printed()).doesNotContain(line);
    assertThatThrownBy(() -> run(sweep)).isInstanceOf(SweepException.class);
    assertThat(printed()).contains(line);
    assertThat(FakeRunner.callsIn(calls))
        .containsExactly(
            "lr50.0-seed7",
            "lr50.0-seed7-rank1-bulk",
            "lr50.0-seed7-rank1-bulk",
            "lr50.0-seed7-rank1-plain");

    Files.writeString(trunk("lr50.0-seed7"), "no trunk");
    assertThatThrownBy(() -> run(sweep)).isInstanceOf(SweepException.class);
    assertThat(FakeRunner.callsIn(calls)).hasSize(6).startsWith("lr50.0-seed7", "lr50.0-seed7");
    assertThat(Path.of(output, "checkpoints")).isDirectoryContaining("glob:**.set-aside-*");
  }

  private Path trunk(String id) {
    try (Stream<Path> trunks = Files.list(Path.of(output, "checkpoints"))) {
      return trunks
          .filter(file -> file.getFileName().toString().startsWith(id))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keepsNoTrunkWhoseTrialsAreFinished() throws IOException {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    run(sweep);
    Path trunks = Path.of(output, "checkpoints");
    assertThat(trunks).doesNotExist();
    String hash =
        Fingerprint.of(sweep.protocol(), FakeRunner.problem("abc"), sweep.trunks().get(0)).hash();
    Path left = Files.createDirectory(trunks).resolve("lr0.5-seed7-" + hash);
    Files.writeString(left, "left by a kill");
    run(sweep);
    assertThat(trunks).doesNotExist();
    assertThat(FakeRunner.callsIn(calls)).hasSize(3);
  }

  /** What a driver leaves that is killed while it writes a trial's row. */
  private void leaveHalfWritten() throws IOException {
    Path trials = Files.createDirectories(Path.of(output, "trials"));
    Files.writeString(trials.resolve(".lr0.5-seed7-rank1-plain-0123456789ab.parquet"), "PAR1");
  }

  @Test
  void addsRatesAndRanksToAFinishedSweep() {
    run(FakeRunner.sweep(List.of(FakeRunner.COMPLETES), List.of(1), BOTH));
    List<String> before = trialsOf(FakeRunner.COMPLETES, 1);
    run(FakeRunner.sweep(List.of(FakeRunner.DIVERGES, FakeRunner.COMPLETES), List.of(2, 1), BOTH));
    assertThat(printed()).contains("2 of 8 trials were finished in " + output);
    assertThat(FakeRunner.callsIn(calls))
        .containsExactly(
            "lr0.5-seed7", // for the first rank, and then for the new one
            "lr0.5-seed7",
            "lr0.5-seed7-rank1-bulk",
            "lr0.5-seed7-rank1-plain",
            "lr0.5-seed7-rank2-bulk",
            "lr0.5-seed7-rank2-plain",
            "lr4.0-seed7",
            "lr4.0-seed7-rank1-bulk",
            "lr4.0-seed7-rank2-bulk",
            "lr4.0-seed7-rank2-plain"); // for both ranks
    assertThat(trialsOf(FakeRunner.COMPLETES, 1)).isEqualTo(before);
    assertThat(table("trials").count()).isEqualTo(8);
  }

  private List<String> trialsOf(double learningRate, int rank) {
    return table("trials")
        .where("learning_rate = %s and rank = %d".formatted(learningRate, rank))
        .sort("branch")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  /** Other data are other trials, which may lie beside these and are never taken for them. */
  @Test
  void runsTrialsOfOtherDataBesideThese() {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.NEVER_SWITCHES), List.of(Continuation.PLAIN));
    run(sweep);
    run(sweep, "{\"steps\":500}", "abd");
    assertThat(FakeRunner.callsIn(calls)).hasSize(2);
    assertThat(printed())
        .contains(
            output
                + " holds 1 other trial, which stays; the latest has eigensweep.steps = 6, where"
                + " this sweep has 500, training data = abc, where this sweep has abd\n");
    assertThat(table("trials").select("trial").distinct().count()).isEqualTo(2);
    run(sweep);
    run(sweep, "{\"steps\":500}", "abd");
    assertThat(FakeRunner.callsIn(calls)).as("both are finished").hasSize(2);
  }

  @Test
  void readsBackTrialsOfOtherSettingsThatFixNoNumbers() {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    SweepReport first = run(sweep);
    SweepReport second = run(sweep, "{\"curvature\":{\"keep\":\"2GiB\"}}", "abc");
    assertThat(second.trials()).isEqualTo(first.trials());
    assertThat(FakeRunner.callsIn(calls)).hasSize(3);
  }

  @Test
  void refusesTablesOfAnotherVersion() throws IOException {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), List.of(Continuation.PLAIN));
    run(sweep);
    Path row;
    try (Stream<Path> rows = Files.list(Path.of(output, "trials"))) {
      row = rows.findFirst().orElseThrow();
    }
    String seal = "seals/" + row.getFileName().toString().replace(".parquet", ".sha256");
    byte[] content = Files.readAllBytes(row);
    byte[] other = replaced(content, "eigensweep.schema\30\0011", "eigensweep.schema\30\0012");
    Files.write(row, other);
    Path sealed = Path.of(output, seal);
    Files.writeString(sealed, Files.readString(sealed).replace(sha256(content), sha256(other)));
    assertThatThrownBy(() -> run(sweep))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            row
                + " has version 2 of the tables, expected 1; read it with the eigensweep that wrote"
                + " it, or choose another folder");
    assertThat(row).exists();
  }

  private static byte[] replaced(byte[] content, String text, String by) {
    String whole = new String(content, StandardCharsets.ISO_8859_1);
    assertThat(whole).containsOnlyOnce(text);
    return whole.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
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
    Sweep fails = FakeRunner.sweep(List.of(FakeRunner.FAILS_IN_TRUNK), List.of(Continuation.PLAIN));
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
    assertThat(
            table("trials")
                .select("learning_rate", "branch")
                .sort("learning_rate", "branch")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[0.5,bulk]", "[0.5,plain]", "[50.0,plain]");
    assertThat(printed()).contains("16 of 16 steps (100 %)");
  }

  @Test
  void refusesProvenanceThatNoColumnTakes() {
    Sweep sweep = FakeRunner.sweep(List.of(FakeRunner.COMPLETES), BOTH);
    assertThatThrownBy(
            () ->
                SweepJob.run(
                    sweep,
                    FakeRunner.problem("abc"),
                    new Placement.TrialPerTask(DeviceChoice.AUTO),
                    output,
                    Duration.ofMinutes(1),
                    Map.of("host", "me"),
                    System.out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "provenance has the keys [host]: expected settings, and perhaps version and commit");
  }
}
