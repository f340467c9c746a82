package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.run.TaskRuns;
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
          List.of(Continuation.PLAIN, Continuation.BULK));

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
          FakeRunner.problem(data),
          folder.resolve(data).toString(),
          Duration.ofMinutes(1),
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

  /** χ of the k leading pairs, for every k, of a mini-batch's gradient of (4, 3). */
  @Test
  void readsTheAlignmentWithEveryRank() throws SQLException {
    assertThat(
            select(
                """
                select pair, round(avg(chi_minibatch_gradient), 9), count(chi_minibatch_gradient), count(*)
                from '%s/abc/eigenvalues/*.parquet' e
                where learning_rate = 0.5 and rank = 1 and branch = 'bulk' group by pair order by pair"""))
        .containsExactly("1 0.8 3 4", "2 1.0 3 4");
    assertThat(
            select(
                """
                select distinct chi_minibatch_gradient, chi_base_update, update_norm
                from '%s/abc/steps/*.parquet' where rank = 1 and step = 2"""))
        .containsExactly("0.8 0.6 2.5");
  }

  /** An update of (−1.5, 2) where the gradient is (3, −4) and the eigenvalues are 8 and 4. */
  @Test
  void readsWhatEachPartOfTheSpaceDoesToTheLoss() throws SQLException {
    assertThat(
            select(
                """
                select distinct loss_change_first_dominant, loss_change_second_dominant,
                  loss_change_first_bulk, loss_change_second_bulk, sharpness, stability_threshold,
                  gradient_noise, gradient_noise_dominant
                from '%s/abc/steps/*.parquet' where rank = 1 and step = 2"""))
        .containsExactly("-4.5 9.0 -8.0 8.0 8.0 4.0 8.0 4.0");
    assertThat(
            select(
                """
                select distinct pair, loss_change_first, loss_change_second, gradient_noise
                from '%s/abc/eigenvalues/*.parquet' where step = 2 order by pair"""))
        .containsExactly("1 -4.5 9.0 4.0", "2 -8.0 8.0 2.0");
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

  /** A driver that is killed leaves a file as it is in the middle of writing it. */
  @Test
  void passesOverAFileThatIsNotWhole() throws Exception {
    Path steps = results.resolve("abc/steps");
    String count = "select count(*) from '%s/abc/steps/*.parquet'";
    List<String> before = select(count);
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(steps.toUri());
    org.apache.hadoop.fs.Path one = new org.apache.hadoop.fs.Path(file, "one.parquet");
    List<String> during = new ArrayList<>();
    assertThatThrownBy(
            () ->
                NewFile.replace(
                    one.getFileSystem(new Configuration()),
                    one,
                    out -> {
                      out.write("PAR1".getBytes(StandardCharsets.US_ASCII));
                      out.flush();
                      try {
                        during.addAll(select(count));
                      } catch (SQLException e) {
                        throw new IOException(e);
                      }
                      throw new IOException("ended here");
                    }))
        .hasMessage("ended here");
    assertThat(during).isEqualTo(before);
    assertThat(steps.resolve("one.parquet")).doesNotExist();
  }

  @Test
  void aTrialHasFourFiles() throws IOException {
    try (Stream<Path> files = Files.walk(results.resolve("abc"))) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(4 * SWEEP.trials().size());
    }
  }
}
