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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep with rows of losses alone, and what reads its tables. */
class LossRowsRunTest {
  /** Rows at 0, 2, 4, 5 for the switch, 6, 8, 10, 12 and 13; the eigenspace at 0, 5, 6, 12, 13. */
  private static final String CONF =
      """
      eigensweep {
        name = small
        data  { kind = digits, train-examples = 120, test-examples = 30 }
        model { hidden = [5] }
        training { batch-size = 20, steps = 13, switch { on = step, step = 5 } }
        eigenspace.pairs = 4
        measure { every = 2, eigenspace-every = 6 }
        sweep { learning-rates = [0.05], seeds = [0, 1], ranks = [2] }
      }
      """;

  @TempDir private static Path folder;
  private static Path output;

  @BeforeAll
  static void run() throws IOException {
    output = folder.resolve("out");
    Path conf = Files.writeString(folder.resolve("a.conf"), CONF);
    Captured run = Captured.execute("run", conf.toString(), "--set", "output=" + output);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("χ_2 of plain training's gradient averaged 0.");
  }

  private static List<String> select(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query.formatted(output))) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  @Test
  void nullsStandWhereNoEigenspaceWasMeasured() throws SQLException {
    assertThat(
            select(
                """
                select concat_ws(' ', step, count(train_loss), count(test_accuracy),
                  count(chi_gradient), count(sharpness), count(gradient_norm),
                  sum(if(products > 0, 1, 0)))
                from '%1$s/steps/*.parquet' group by step order by step"""))
        .as("a step, and its trials that have losses, alignments, norms and products of their own")
        .containsExactly(
            "0 6 6 6 6 6 6",
            "2 6 6 0 0 0 0",
            "4 6 6 0 0 0 0",
            "5 6 6 6 6 6 6",
            "6 6 6 6 6 6 6",
            "8 6 6 0 0 0 0",
            "10 6 6 0 0 0 0",
            "12 6 6 6 6 6 6",
            "13 6 6 6 6 6 6");
    assertThat(select("select distinct step from '%1$s/eigenvalues/*.parquet' order by step"))
        .containsExactly("0", "5", "6", "12", "13");
    assertThat(
            select(
                """
                select distinct abs(branch_chi - mean) < 1e-12 from '%1$s/trials/*.parquet'
                join (select trial, avg(chi_gradient) mean from '%1$s/steps/*.parquet'
                  where phase = 'branch' group by trial) using (trial)"""))
        .containsExactly("true");
  }

  @Test
  void aggregatesHaveAStepForEachQuantityThatItHas() throws SQLException {
    Captured aggregate = Captured.execute("aggregate", output.toString());
    assertThat(aggregate.status()).as(aggregate.err()).isZero();
    String steps =
        "select distinct step from '%%1$s/aggregates/by_step/*.parquet' where quantity = '%s'"
            + " order by step";
    assertThat(select(steps.formatted("train_loss")))
        .containsExactly("0", "2", "4", "5", "6", "8", "10", "12", "13");
    assertThat(select(steps.formatted("chi_gradient"))).containsExactly("0", "5", "6", "12", "13");
  }

  @Test
  void exportsLeaveOutWhatIsNull() throws SQLException {
    Path csv = folder.resolve("csv");
    Captured export = Captured.execute("export", output.toString(), "--csv", csv.toString());
    assertThat(export.status()).as(export.err()).isZero();
    assertThat(
            select(
                "select distinct step from read_csv('%s/steps.csv') where sharpness is null order by step"
                    .formatted(csv)))
        .containsExactly("2", "4", "8", "10");
    Captured events =
        Captured.execute(
            "export", output.toString(), "--tensorboard", folder.resolve("events").toString());
    assertThat(events.status()).as(events.err()).isZero();
  }

  @Test
  void reportsDrawWhatIsThere() throws IOException {
    Path page = folder.resolve("page.html");
    Captured report = Captured.execute("report", output.toString(), "--output", page.toString());
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(Files.readString(page)).contains("chi_gradient", "train_loss");
  }
}
