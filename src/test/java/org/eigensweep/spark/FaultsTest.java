package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.run.TaskRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around trials, and that their tables are those of an undisturbed sweep. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
  private static final Sweep SWEEP =
      FakeRunner.sweep(
          List.of(FakeRunner.COMPLETES, FakeRunner.DIVERGES),
          List.of(Continuation.PLAIN, Continuation.BULK));

  private SparkSession spark;
  private Path calls;
  private Path folder;

  /** Runs as another does, but for the first attempt at each part. */
  private record FailsOnce(TrialRunner runner, String marks) implements TrialRunner {
    @Override
    public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment) {
      failOnce(trunk.id(), segment);
      return runner.runTrunk(trunk, start, segment);
    }

    @Override
    public Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment) {
      failOnce(trial.id(), segment);
      return runner.runBranch(trial, start, segment);
    }

    private void failOnce(String id, Segment segment) {
      try {
        Files.createFile(Path.of(marks, id));
      } catch (FileAlreadyExistsException second) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      segment.stepped(); // the steps of an attempt that failed must not be counted
      throw new IllegalStateException("the first attempt at " + id);
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @BeforeAll
  void start() {
    spark =
        SparkSession.builder()
            .master("local[2,3]") // a task may fail twice
            .config("spark.ui.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .config("spark.hadoop.fs.full.impl", FullDisk.class.getName())
            .getOrCreate();
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @BeforeEach
  void folders(@TempDir Path temporary) throws IOException {
    folder = temporary;
    calls = Files.createDirectory(temporary.resolve("calls"));
  }

  private SweepReport run(String output, TrialRunner.Factory factory) {
    return SweepJob.run(
        SWEEP,
        FakeRunner.problem("abc"),
        output,
        Duration.ofMinutes(1),
        Map.of("settings", "{}"),
        new PrintStream(OutputStream.nullOutputStream(), true),
        TaskRuns.opener(factory));
  }

  private String undisturbed() {
    String output = folder.resolve("undisturbed").toString();
    run(output, FakeRunner.countingIn(calls));
    return output;
  }

  private void haveEqualTables(String output, String expected) {
    for (String table : List.of("trials", "steps", "eigenvalues")) {
      assertThat(rows(output, table)).as(table).isEqualTo(rows(expected, table));
    }
  }

  private List<String> rows(String output, String table) {
    return spark.read().parquet(output + "/" + table).drop("finished_at").collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void aTaskThatFailsOnceRunsAgain() throws IOException {
    String marks = Files.createDirectory(folder.resolve("marks")).toString();
    TrialRunner.Factory runners = FakeRunner.countingIn(calls);
    String output = folder.resolve("out").toString();
    run(
        output,
        (protocol, data, threads) -> new FailsOnce(runners.open(protocol, data, threads), marks));
    assertThat(FakeRunner.callsIn(calls)).as("two trunks, four branches").hasSize(6);
    try (Stream<Path> failed = Files.list(Path.of(marks))) {
      assertThat(failed).hasSize(6);
    }
    haveEqualTables(output, undisturbed());
  }

  /** From room for the claim alone to room for most of the tables. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 9000, 25_000})
  void theSameCommandFinishesWhenADiskHasRoomAgain(int room) throws IOException {
    String output = FullDisk.SCHEME + "://" + folder.resolve("out");
    FullDisk.ROOM.set(room);
    assertThatThrownBy(() -> run(output, FakeRunner.countingIn(calls)))
        .isInstanceOf(SweepException.class)
        .hasMessageContaining("of 4 trials failed: ")
        .hasMessageContaining(
            "first cause: IOException: No space left on device; what is finished is in ");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**/_driver-*");
    FullDisk.ROOM.set(Long.MAX_VALUE);
    run(output, FakeRunner.countingIn(calls));
    haveEqualTables(folder.resolve("out").toString(), undisturbed());
  }
}
