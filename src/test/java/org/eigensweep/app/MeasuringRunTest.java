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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that can be measured, from a settings file to the tables, which DuckDB reads. */
class MeasuringRunTest {
  private static final String CONF =
      """
      eigensweep {
        name = measuring
        data  { kind = digits, train-examples = 60, test-examples = 20, seed = 4 }
        model { hidden = [4], precision = float64 }
        training { batch-size = 20, steps = 8, switch { on = step, step = 4 }, rules = [bulk] }
        eigenspace.pairs = 3
        measure { every = 4, loss-change = full, overlaps = [1, 4], noise-batches = 3, spectrum { steps = [0, 8], trace-products = 20, density-vectors = 2, density-steps = 6, layers = on } }
        sweep { learning-rates = [0.05], ranks = [2] }
      }
      """;

  @TempDir private Path folder;

  private String run() throws IOException {
    Path conf = Files.writeString(folder.resolve("a.conf"), CONF);
    Captured ran =
        Captured.execute("run", conf.toString(), "--set=output=" + folder.resolve("out"));
    assertThat(ran.status()).as(ran.err()).isZero();
    return ran.err();
  }

  private List<String> select(String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery(query.formatted(folder.resolve("out")))) {
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

  private Path only(String table) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out").resolve(table))) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).findFirst().get();
    }
  }

  @Test
  void fillsEveryTableAndVouchesForIt() throws Exception {
    run();
    assertThat(
            select(
                """
                select step, lag, count(*), min(dimension), max(dimension),
                  bool_and(overlap > 0 and overlap <= 1 and largest_angle between 0 and pi() / 2)
                from '%s/overlaps/*.parquet' group by step, lag order by step, lag"""))
        .as("the row at 4 is the branch's, which has no past there")
        .containsExactly("8 1 3 1 3 true", "8 4 3 1 3 true");
    assertThat(
            select(
                """
                select step, gradient_noise > gradient_noise_dominant, loss_change is null,
                  loss_change_second_bulk is null, stability_threshold
                from '%s/steps/*.parquet' order by step"""))
        .containsExactly(
            "0 true false false 40.0", "4 true false false 40.0", "8 true true true 40.0");
    // The table of pairs says of every rank what the table of steps says of the trial's.
    assertThat(
            select(
                """
                select s.step, max(abs(e.f1 - loss_change_first_dominant)) < 1e-12,
                  max(abs(e.f2 - loss_change_second_dominant)) < 1e-12,
                  max(abs(e.noise - gradient_noise_dominant)) < 1e-12,
                  max(abs(e.chi - chi_base_update)) < 1e-12, max(abs(e.sharpness - s.sharpness)) = 0
                from '%1$s/steps/*.parquet' s join (
                  select step, sum(loss_change_first) filter (pair <= 2) as f1,
                    sum(loss_change_second) filter (pair <= 2) as f2,
                    sum(gradient_noise) filter (pair <= 2) as noise,
                    max(chi_base_update) filter (pair = 2) as chi,
                    max(eigenvalue) filter (pair = 1) as sharpness
                  from '%1$s/eigenvalues/*.parquet' group by step) e using (step)
                where s.step < 8 group by s.step order by s.step"""))
        .containsExactly("0 true true true true true", "4 true true true true true");
    assertThat(
            select(
                """
                select step, count(*), abs(sum(weight) - 1) < 1e-9, min(node) < max(node)
                from '%s/density/*.parquet' group by step order by step"""))
        .containsExactly("0 12 true true", "8 12 true true");
    // The layers' parts of the gradient make the whole, whose leading pair is that of the table.
    assertThat(
            select(
                """
                select l.step, list(layer order by layer), abs(sum(l.gradient_norm ** 2)
                    filter (layer <> 'all') - max(s.gradient_norm) ** 2) < 1e-12,
                  max(eigenvalue) filter (layer = 'all') = max(s.sharpness),
                  max(chi_gradient) <= 1, min(trace_error) >= 0
                from '%1$s/layers/*.parquet' l join (select step, sharpness, gradient_norm
                  from '%1$s/steps/*.parquet') s using (step) group by l.step order by l.step"""))
        .containsExactly(
            "0 [all, layer0, layer1] true true true true",
            "8 [all, layer0, layer1] true true true true");
    assertThat(
            Files.readString(only("seals"))
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1)))
        .containsExactly(
            "steps/" + name(),
            "eigenvalues/" + name(),
            "overlaps/" + name(),
            "density/" + name(),
            "layers/" + name(),
            "trials/" + name());
    assertThat(run()).contains("1 of 1 trials were finished in ");
    Files.delete(only("overlaps"));
    assertThat(run()).contains("overlaps/" + name() + " is missing");
    assertThat(only("overlaps")).hasFileName(name());
  }

  private String name() throws IOException {
    return only("trials").getFileName().toString();
  }
}
