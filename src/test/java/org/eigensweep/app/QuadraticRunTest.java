package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A quadratic from a settings file to tables, by the command line. */
class QuadraticRunTest {
  private static final String CONF =
      """
      eigensweep {
        name = hill
        problem = quadratic
        quadratic { eigenvalues = [4, 1, -0.5], basis = random, examples = 6, noise = 0.1 }
        training { batch-size = 2, sampling = independent, steps = 8, switch { on = step, step = 4 } }
        eigenspace { pairs = 2, tolerance = 1e-6 }
        measure.every = 4
        sweep { learning-rates = [0.1], seeds = [0, 1], ranks = [1] }
      }
      """;

  @TempDir private Path folder;

  @Test
  void runsWithoutDataAndIsReadBack() throws IOException {
    Path conf = Files.writeString(folder.resolve("hill.conf"), CONF);
    Path output = folder.resolve("out");
    Captured first = run(conf, output);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("Tables in " + output);
    checkTables(output);

    Captured second = run(conf, output);
    assertThat(second.status()).isZero();
    assertThat(second.err()).contains("6 of 6 trials were finished in");

    Captured other = run(conf, output, "--set", "quadratic.noise=0.2");
    assertThat(other.status()).as(other.err()).isZero();
    assertThat(other.err())
        .startsWith(
            output
                + " holds 6 other trials, which stay; the latest has eigensweep.quadratic.noise ="
                + " 0.1, where this sweep has 0.2\n");
  }

  private static Captured run(Path conf, Path output, String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"run", conf.toString(), "--set", "output=" + output}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Captured.execute(arguments);
  }

  private static void checkTables(Path output) {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    try {
      Dataset<Row> trials = spark.read().parquet(output + "/trials");
      assertThat(
              trials
                  .select(
                      "model",
                      "loss",
                      "data",
                      "batch_size",
                      "train_source",
                      "train_sha256",
                      "test_source",
                      "test_sha256",
                      "final_test_loss",
                      "final_train_accuracy",
                      "precision")
                  .distinct()
                  .collectAsList()
                  .toString())
          .isEqualTo(
              "[[quadratic eigenvalues=4.0,1.0,-0.5 basis=random,quadratic,"
                  + "6 examples coupling=0.0 noise=0.1*3 seed=0,2,"
                  + "6 examples coupling=0.0 noise=0.1*3 seed=0,null,null,null,null,null,float64]]");
      assertThat(trials.filter("status = 'completed' and final_train_loss is not null").count())
          .isEqualTo(6);
      Dataset<Row> steps = spark.read().parquet(output + "/steps");
      assertThat(steps.filter("test_loss is not null or train_accuracy is not null").count())
          .isZero();
      List<Row> branches =
          steps.filter("step = 8 and seed = 0").select("train_loss").distinct().collectAsList();
      assertThat(branches).hasSize(3);
    } finally {
      spark.stop();
    }
  }

  @Test
  void isPlannedLikeAnyOther() {
    Captured plan = Captured.execute("plan", "conf/paper/small/toy-2d.conf");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out())
        .startsWith("toy-2d-small: 36 trials in 9 trunks, 4000 steps each\n")
        .contains("\n  lr1.0E-4-seed0-rank1-dominant\n");
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Captured run =
        Captured.execute("run", "conf/paper/toy-2d.conf", "--set", "spark.placement=data-parallel");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err())
        .isEqualTo(
            "eigensweep: --set: eigensweep.spark.placement: found \"data-parallel\", expected the"
                + " default \"trial-per-task\"; remove it: the trials of eigensweep.problem ="
                + " quadratic run in tasks alone\n");
  }
}
