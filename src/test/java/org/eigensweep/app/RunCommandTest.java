package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real sweep on Spark from a settings file to tables, by the command line. */
class RunCommandTest {
  private static final String CONF =
      """
      eigensweep {
        name = small
        data  { kind = digits, train-examples = 150, test-examples = 40 }
        model { hidden = [5], precision = float64 }
        training { batch-size = 10, steps = 12, switch { on = step, step = 4 } }
        eigenspace { pairs = 3, tolerance = 1e-4 }
        measure.every = 3
        sweep { learning-rates = [0.05, 1e200], seeds = [0, 7], ranks = [2, 3] }
      }
      """;

  @TempDir private Path folder;

  @Test
  void runsASweepAndReadsItBack() throws IOException {
    Path conf = Files.writeString(folder.resolve("small.conf"), CONF);
    Path output = folder.resolve("out");
    Captured first = run(conf, output);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("rate", "dominant", "bulk", "2 diverged of 2 trials")
        .contains("Tables in " + output);
    checkTables(output);

    Captured second = run(conf, output);
    assertThat(second.status()).isZero();
    assertThat(second.err()).contains("24 of 24 trials were finished in");
    assertThat(table(second)).isEqualTo(table(first));

    Captured other =
        run(conf, output, "--set", "eigenspace.tolerance=1e-3", "--set", "sweep.seeds=[7]");
    assertThat(other.status()).isZero();
    assertThat(other.err())
        .startsWith(
            output
                + " holds 24 other trials, which stay; the latest has eigensweep.eigenspace.tolerance"
                + " = 0.0001, where this sweep has 0.001")
        .contains("running 12 trials on 2 trunks");
  }

  private static Captured run(Path conf, Path output, String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"run", conf.toString(), "--set", "output=" + output}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Captured.execute(arguments);
  }

  private static String table(Captured run) {
    return run.out().substring(0, run.out().indexOf("Tables in"));
  }

  private static void checkTables(Path output) {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    try {
      Dataset<Row> trials = spark.read().parquet(output + "/trials");
      assertThat(trials.count()).isEqualTo(24);
      assertThat(trials.filter("status = 'diverged' and learning_rate = 1e200").count())
          .isEqualTo(12);
      checkSteps(spark.read().parquet(output + "/steps"));
      checkEigenvalues(spark.read().parquet(output + "/eigenvalues"));
    } finally {
      spark.stop();
    }
  }

  private static void checkSteps(Dataset<Row> steps) {
    List<Row> bulk =
        steps
            .filter("learning_rate = 0.05 and seed = 7 and rank = 2 and branch = 'bulk'")
            .orderBy("step")
            .select("step", "phase", "chi_gradient", "chi_update", "train_loss", "distance")
            .collectAsList();
    assertThat(bulk).extracting(row -> row.getInt(0)).containsExactly(0, 3, 4, 6, 9, 12);
    assertThat(bulk)
        .extracting(row -> row.getString(1))
        .containsExactly("trunk", "trunk", "branch", "branch", "branch", "branch");
    assertThat(bulk).allMatch(row -> row.getDouble(2) > 0 && row.getDouble(2) <= 1);
    // projected in float64, on a basis within 1e-3 of the measured one for the gradient
    assertThat(bulk.get(3).getDouble(3)).isCloseTo(0, within(1e-2));
    assertThat(bulk.get(5).isNullAt(3)).isTrue();
    assertThat(bulk.get(5).getDouble(4)).isLessThan(bulk.get(0).getDouble(4));
    assertThat(bulk.get(1).isNullAt(5)).isTrue();
    assertThat(bulk.get(2).getDouble(5)).isZero();
  }

  private static void checkEigenvalues(Dataset<Row> eigenvalues) {
    List<Row> pairs =
        eigenvalues
            .filter(
                "learning_rate = 0.05 and seed = 0 and rank = 3 and branch = 'plain' and step = 12")
            .orderBy("pair")
            .select("pair", "eigenvalue", "residual", "cosine")
            .collectAsList();
    assertThat(pairs).extracting(row -> row.getInt(0)).containsExactly(1, 2, 3);
    assertThat(pairs.get(0).getDouble(1)).isGreaterThan(pairs.get(1).getDouble(1));
    assertThat(pairs).allMatch(row -> row.getDouble(2) < 0.01);
    assertThat(pairs).allMatch(row -> Math.abs(row.getDouble(3)) <= 1);
  }
}
