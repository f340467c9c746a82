package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.array.Devices;
import org.eigensweep.config.Settings;
import org.eigensweep.config.SettingsReader;
import org.eigensweep.experiment.probe.Probe;
import org.eigensweep.experiment.probe.Probed;
import org.eigensweep.experiment.probe.SweepEstimate;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} estimates, and what it refuses. */
class ForecastTest {
  private static final String CONF =
      """
      eigensweep {
        name = small
        data  { kind = digits, train-examples = 300, test-examples = 40 }
        model { hidden = [16] }
        training { batch-size = 10, steps = 90, switch { on = step, step = 40 } }
        eigenspace { pairs = 5 }
        measure.every = 5
        sweep { learning-rates = [0.05], seeds = [0, 1], ranks = [4, 5] }
      }
      """;

  @TempDir private Path folder;

  private Path conf() throws IOException {
    return Files.writeString(folder.resolve("small.conf"), CONF);
  }

  private String output() {
    return "output=" + folder.resolve("out");
  }

  /**
   * Steps and refreshes are counted, and so exact. Products are promised within a factor of 2,
   * which a machine's load does not change much: where it is slow, the probe comes less far. The
   * times of probe and run are seconds apart, on a machine that others may use: a factor of 8 tells
   * a wrong formula from a wrong minute.
   */
  @Test
  void comesNearWhatTheRunTakes() throws IOException {
    Path file = conf();
    Settings settings = SettingsReader.read(file, List.of(), new Configuration());
    Sweep sweep = settings.sweep();
    Probed probed =
        Probe.of(sweep, sweep.problem().load(new Configuration()), Devices.processor(), 1, 2, 3)
            .orElseThrow();
    SweepEstimate estimate =
        SweepEstimate.of(sweep, PendingTrunk.remaining(sweep, Set.of()), probed, 2, 2);
    Captured run = Captured.execute("run", file.toString(), "--set", output());
    assertThat(run.status()).as(run.err()).isZero();
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate()) {
      spark
          .read()
          .parquet(folder.resolve("out/trials").toString())
          .createOrReplaceTempView("trials");
      Row trunks =
          spark
              .sql(
                  "select sum(s), sum(p), sum(t) from (select seed, max(trunk_steps) s,"
                      + " max(trunk_products) p, max(trunk_seconds) t from trials group by seed)")
              .first();
      Row branches =
          spark
              .sql(
                  "select sum(branch_steps), sum(branch_products), sum(branch_seconds) from trials"
                      + " where not (branch = 'plain' and rank = 5)")
              .first();
      assertThat(estimate.steps())
          .isEqualTo(trunks.getLong(0) + branches.getLong(0))
          .isEqualTo(2 * 40 + 2 * 5 * 50);
      assertThat(estimate.looks()).isEqualTo(2 * 8 + 2 * 5 * 11);
      double products = trunks.getLong(1) + branches.getLong(1);
      assertThat(estimate.products()).isBetween(products / 2, products * 2);
      double seconds = trunks.getDouble(2) + branches.getDouble(2);
      assertThat(estimate.work()).isBetween(seconds / 8, seconds * 8);
      assertThat(estimate.seconds()).isBetween(estimate.work() / 2, estimate.work());
    }
  }

  @Test
  void tellsWhatItRestsOn() throws IOException {
    Captured plan =
        Captured.execute(
            "plan",
            conf().toString(),
            "--probe=1",
            "--set",
            output(),
            "--set",
            "training.switch.on=alignment");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out())
        .startsWith("small: 12 trials in 2 trunks, 90 steps each\n")
        .containsPattern(
            "Estimate from a probe of 1 s, \\d+ steps in \\d+ tasks? at once on this machine:\n")
        .containsPattern("\n  steps     630, and \\d+ refreshes of the space that is measured\n")
        .containsPattern("\n  products  about [\\d,]+ with the Hessian\n")
        .containsPattern("\n  time      about [\\d.]+ (s|min)\n")
        .containsPattern("\n  memory    about \\d+ MiB of arrays a task, ")
        .contains("\n  passes    a task keeps all 300 examples' activations between products, in ")
        .contains("Assumed: trunks switch at step 45, which training decides; ");
    assertThat(folder.resolve("out")).as("nothing is written").doesNotExist();
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  /** A microsecond is too short to walk in, as five seconds are for a large network. */
  @Test
  void timesPiecesWhereStepsWouldTakeTooLong() throws IOException {
    Captured plan = Captured.execute("plan", conf().toString(), "--probe=1e-6", "--set", output());
    assertThat(plan.status()).as(plan.err()).isZero();
    // Trunks: a solve of 20 for the first row, 7 rows of 5, and a solve at the switch for each
    // rank.
    // Branches: 20 and 10 rows of 5, and of the eight that project 50 steps of 8.
    int trunks = 2 * (20 + 7 * 5 + 2 * 20);
    int branches = 10 * (20 + 10 * 5) + 8 * 50 * 8;
    assertThat(trunks + branches).isEqualTo(4090);
    assertThat(plan.out())
        .contains("Estimate from a gradient and a product on this machine:\n")
        .contains("\n  steps     580, and 126 refreshes of the space that is measured\n")
        .contains("\n  products  about 4,100 with the Hessian\n")
        .contains("Assumed: a projected step takes 8 products, one that watches the alignment 4");
  }

  /** 32 of the 40 points of a trunk have a row of losses, and 40 of the 51 of a branch. */
  @Test
  void countsRowsOfLossesAlone() throws IOException {
    Captured plan =
        Captured.execute(
            "plan",
            conf().toString(),
            "--probe=1e-6",
            "--set",
            output(),
            "--set",
            "measure={ every = 1, eigenspace-every = 5 }");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains(
            "\n  steps     580, 464 rows of losses alone, and 126 refreshes of the space that is measured\n")
        .contains("\n  products  about 4,100 with the Hessian\n");
  }

  @Test
  void countsOnlyWhatIsLeft() throws IOException {
    String file = conf().toString();
    String one = "sweep.seeds=[1]";
    Captured run = Captured.execute("run", file, "--set", output(), "--set", one);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(Captured.execute("plan", file, "--probe=0.2", "--set", output()).out())
        .contains("\n  steps     290, ");
    assertThat(Captured.execute("plan", file, "--probe=0.2", "--set", output(), "--set", one).out())
        .endsWith("All trials are finished in %s.\n".formatted(folder.resolve("out")));
  }

  /** Nine thousand units each in two layers are 88 million parameters, 0.35 GB a vector. */
  @Test
  void saysWhatToChangeWhereVectorsDoNotFit() throws IOException {
    Captured plan =
        Captured.execute(
            "plan", conf().toString(), "--set", output(), "--set", "model.hidden=[9000, 9000]");
    assertThat(plan.status()).as(plan.err()).isZero();
    assertThat(plan.out())
        .containsPattern(
            "about [\\d,]+ MiB of vectors alone a task, [\\d,]+ of [\\d,]+ MiB outside the heap of"
                + " a process\nDoes not fit: set EIGENSWEEP_DRIVER_MEMORY=\\d+m \\(\\d+m now\\)");
  }

  @Test
  void refusesWhatARunRefuses() throws IOException {
    String file = conf().toString();
    refusesBoth("conf/paper/mnist-5k-sgd.conf", "data.dir=/nowhere");
    refusesBoth(file, "training.steps=-1");
    Path taken = Files.writeString(folder.resolve("taken"), "a file");
    refusesBoth(file, "output=" + taken);
    refusesBoth(file, "output=" + taken.resolve("below"));
    refusesBoth(file, "output=nowhere://host/out");
    Path strange = Files.createDirectories(folder.resolve("strange/trials"));
    Files.writeString(strange.resolve("copy.parquet"), "no file of a trial");
    refusesBoth(file, "output=" + folder.resolve("strange"));
    System.setProperty("spark.task.resource.gpu.amount", "1");
    try {
      refusesBoth(file, output());
    } finally {
      System.clearProperty("spark.task.resource.gpu.amount");
    }
  }

  private static void refusesBoth(String file, String setting) {
    Captured plan = Captured.execute("plan", file, "--set", setting);
    assertThat(plan.status()).as(plan.out()).isEqualTo(2);
    assertThat(plan.err().lines()).hasSize(1);
    assertThat(plan).isEqualTo(Captured.execute("run", file, "--set", setting));
  }
}
