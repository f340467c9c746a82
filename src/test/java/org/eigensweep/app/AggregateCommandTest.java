package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real sweep, drawn together by the command line and once more by DuckDB. */
@Tag("slow")
class AggregateCommandTest {
  private static final String CONF =
      """
      eigensweep {
        name = small
        data  { kind = digits, train-examples = 120, test-examples = 30 }
        model { hidden = [5] }
        training { batch-size = 20, steps = 13, switch { on = step, step = 4 } }
        eigenspace.pairs = 4
        measure.every = 3
        sweep { learning-rates = [0.05, 0.2], seeds = [0, 1, 2], ranks = [2] }
      }
      """;

  private static final String STEPS =
      """
      with cells as (
        unpivot (select learning_rate, branch, seed, step, train_loss, test_accuracy, chi_gradient,
            chi_update, learning_rate_bulk, distance from '%1$s/steps/*.parquet')
        on train_loss, test_accuracy, chi_gradient, chi_update, learning_rate_bulk, distance
        into name quantity value v)
      """;

  @TempDir private static Path folder;
  private static Path output;
  private static Captured aggregate;

  @BeforeAll
  static void run() throws IOException {
    output = folder.resolve("out");
    Path conf = Files.writeString(folder.resolve("a.conf"), CONF);
    Captured run = Captured.execute("run", conf.toString(), "--set", "output=" + output);
    assertThat(run.status()).as(run.err()).isZero();
    aggregate = Captured.execute("aggregate", output.toString(), "--loss", "0.4,0.3");
  }

  private static List<String> select(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query.formatted(output))) {
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
  void saysInOneLineWhatItWrote() {
    assertThat(aggregate.status()).as(aggregate.err()).isZero();
    assertThat(aggregate.err()).isEmpty();
    assertThat(aggregate.out())
        .matches(
            "18 trials at 6 points of the sweep; Parquet and CSV tables in \\Q"
                + output
                + "\\E/aggregates, after \\d+ s\n");
  }

  /** Steps 0, 3, 4 for the switch, 6, 9, 12 and 13 of 6 points: an update is not made from 13. */
  @Test
  void duckDbFindsTheSameStatistics() throws SQLException {
    assertThat(
            select(
                STEPS
                    + """
                    , again as (
                      select learning_rate, branch, quantity, step, count(*) n, avg(v) mean,
                        stddev_samp(v) sd, median(v) median,
                        quantile_cont(v, 0.05) q05, quantile_cont(v, 0.95) q95
                      from cells group by all)
                    select quantity, count(*), bool_and(measured = n and seeds = 3 and n = 3
                      and abs(b.mean - a.mean) <= 1e-12 * (1 + abs(a.mean))
                      and abs(b.sd - a.sd) <= 1e-12 * (1 + abs(a.mean))
                      and abs(b.median - a.median) <= 1e-12 * (1 + abs(a.median))
                      and abs(b.q05 - a.q05) <= 1e-12 * (1 + abs(a.q05))
                      and abs(b.q95 - a.q95) <= 1e-12 * (1 + abs(a.q95)))
                    from again a join '%1$s/aggregates/by_step/*.parquet' b
                      using (learning_rate, branch, quantity, step)
                    group by quantity order by quantity"""))
        .containsExactly(
            "chi_gradient 42 true",
            "chi_update 36 true",
            "distance 30 true",
            "learning_rate_bulk 36 true",
            "test_accuracy 42 true",
            "train_loss 42 true");
  }

  /** And an interval that holds the mean, and reaches from the least to the largest of three. */
  @Test
  void duckDbFindsTheSameDifferences() throws SQLException {
    assertThat(
            select(
                STEPS
                    + """
                    , again as (
                      select x.learning_rate, x.branch, quantity, step, count(*) n,
                        avg(x.v - p.v) mean, min(x.v - p.v) low, max(x.v - p.v) high
                      from cells x join (from cells where branch = 'plain') p
                        using (learning_rate, seed, quantity, step)
                      where x.branch <> 'plain' group by all)
                    select quantity, count(*), bool_and(pairs = n and n = 3
                      and abs(b.mean - a.mean) <= 1e-12 * (1 + abs(a.mean))
                      and abs(b.low - a.low) <= 1e-12 * (1 + abs(a.low))
                      and abs(b.high - a.high) <= 1e-12 * (1 + abs(a.high)))
                    from again a join '%1$s/aggregates/differences/*.parquet' b
                      using (learning_rate, branch, quantity, step)
                    where quantity in ('train_loss', 'test_accuracy')
                    group by quantity order by quantity"""))
        .containsExactly("test_accuracy 28 true", "train_loss 28 true");
  }

  @Test
  void duckDbFindsTheSameFirstSteps() throws SQLException {
    assertThat(
            select(
                """
                with again as (
                  select trial, x, min(s.step) filter (train_loss <= x) arrived
                  from '%1$s/steps/*.parquet' s, (values (0.4), (0.3)) targets(x) group by all)
                select count(*), count(arrived) > 0, bool_and(r.step is not distinct from arrived
                  and (outcome = 'reached') = (arrived is not null)
                  and products is not distinct from (
                    select sum(products + steering_products) from '%1$s/steps/*.parquet' s
                    where s.trial = again.trial and s.step <= arrived))
                from again join '%1$s/aggregates/losses_reached/*.parquet' r
                  on r.trial = again.trial and r.target_loss = x"""))
        .containsExactly("36 true true");
  }

  @ParameterizedTest
  @CsvSource({"by_step", "differences", "losses_reached", "losses_reached_by_point"})
  void csvAndParquetHaveTheSameRows(String table) throws SQLException {
    String csv = "read_csv('%1$s/aggregates/" + table + ".csv', all_varchar=true)";
    String parquet = "(select columns(*)::varchar from '%1$s/aggregates/" + table + "/*.parquet')";
    assertThat(select("select count(*) > 0 from " + csv)).containsExactly("true");
    assertThat(
            select(
                "select (select count(*) from %s) = (select count(*) from %s)"
                    .formatted(csv, parquet)))
        .containsExactly("true");
    String numbers = "select learning_rate::double, rank::int, branch, target::double from ";
    String target = table.startsWith("losses") ? "target_loss" : "mean";
    numbers = numbers.replace("target", target);
    assertThat(select(numbers + csv + " except all " + numbers + parquet)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--quantity sharp | --quantity sharp, expected one of train_loss, train_accuracy,",
        "--quantity seconds | --quantity seconds, expected one of train_loss,",
        "--loss nan | Invalid value for option '--loss'",
        "--loss NaN | --loss NaN, expected a finite number",
        "--resamples 10 | --resamples 10, expected 100 to 1000000,",
        "--seed x | Invalid value for option '--seed'",
      })
  void refusesOptionsThatMakeNoSense(String option, String message) {
    String[] words = option.split(" ", -1);
    Captured bad = Captured.execute("aggregate", output.toString(), words[0], words[1]);
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.out()).isEmpty();
    assertThat(bad.err()).startsWith("eigensweep: " + message).hasLineCount(1);
  }

  @Test
  void refusesWhatIsNoOutputFolder() {
    Captured none = Captured.execute("aggregate", folder.resolve("none").toString());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo(
            "eigensweep: "
                + folder
                + "/none: no such folder, expected the output folder of a sweep\n");
    Captured nothing = Captured.execute("aggregate");
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.err()).startsWith("eigensweep: Missing required parameter: 'DIR'");
  }

  @Test
  void drawsOnlyTheQuantitiesThatAreAskedFor() throws SQLException {
    Captured again =
        Captured.execute(
            "aggregate",
            output.toString(),
            "--output",
            folder.resolve("other").toString(),
            "--quantity",
            "stability_threshold",
            "--quantity",
            "sharpness");
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(
            select(
                "select distinct quantity from '"
                    + folder
                    + "/other/by_step/*.parquet' order by quantity"))
        .containsExactly("sharpness", "stability_threshold");
  }
}
