package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.Sweep;
import org.eigensweep.spark.run.TaskRuns;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of two sweeps, read together by DuckDB, which knows nothing of Spark. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DuckDbTest {
  private static final Sweep SWEEP =
      FakeRunner.sweep(
          List.of(FakeRunner.COMPLETES, FakeRunner.DIVERGES),
          List.of(1, 2),
          List.of(UpdateRule.PLAIN, UpdateRule.BULK));

  private SparkSession spark;
  private Path results;

  @BeforeAll
  void run(@TempDir Path folder) throws IOException {
    results = folder;
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    Path calls = Files.createDirectory(folder.resolve("calls"));
    for (String data : List.of("abc", "abd")) {
      SweepJob.run(
          SWEEP,
          FakeRunner.data(data),
          folder.resolve(data).toString(),
          Map.of("settings", "{}"),
          new PrintStream(OutputStream.nullOutputStream(), true),
          TaskRuns.opener(FakeRunner.countingIn(calls)));
    }
  }

  @AfterAll
  void stop() {
    spark.stop();
    SparkSession.clearActiveSession();
  }

  private List<String> select(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query.formatted(results))) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(found.getString(i));
        }
        rows.add(String.join(" ", row));
      }
    }
    return rows;
  }

  @Test
  void readsTwoFoldersWithOnePatternAndTellsTheirTrialsApart() throws SQLException {
    assertThat(
            select(
                """
                select count(*), count(distinct trial), count(distinct data), min(schema_version)
                from '%s/*/trials/*.parquet'"""))
        .containsExactly("16 16 1 1");
  }

  @Test
  void readsStepsWithoutAJoin() throws SQLException {
    assertThat(
            select(
                """
                select branch, step, count(*), avg(chi_gradient)
                from '%s/*/steps/*.parquet'
                where learning_rate = 0.5 and rank = 2 and step in (2, 6)
                group by branch, step order by branch, step"""))
        .containsExactly("bulk 2 2 1.0", "bulk 6 2 1.0", "plain 2 2 1.0", "plain 6 2 1.0");
  }

  @Test
  void joinsByTheTrial() throws SQLException {
    assertThat(
            select(
                """
                select t.status, pair, max(eigenvalue)
                from '%1$s/abc/eigenvalues/*.parquet' e join '%1$s/abc/trials/*.parquet' t using (trial)
                group by t.status, pair order by t.status, pair"""))
        .containsExactly("completed 1 8.0", "completed 2 4.0", "diverged 1 8.0", "diverged 2 4.0");
  }

  @Test
  void seesTimesInUtcToTheMicrosecond() throws SQLException {
    assertThat(select("select distinct typeof(finished_at) from '%s/abc/trials/*.parquet'"))
        .containsExactly("TIMESTAMP WITH TIME ZONE");
    assertThat(
            select(
                """
                select count(*) from '%s/abc/trials/*.parquet'
                where finished_at between now() - interval 1 hour and now()"""))
        .containsExactly("8");
  }

  @Test
  void aTrialHasFourFiles() throws IOException {
    try (Stream<Path> files = Files.walk(results.resolve("abc"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(4 * SWEEP.trials().size());
    }
  }
}
