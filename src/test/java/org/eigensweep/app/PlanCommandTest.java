package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class PlanCommandTest {
  @Test
  void listsTrunksTrialsAndSavings() {
    Captured plan =
        Captured.execute(
            "plan",
            "conf/quickstart.conf",
            "--probe=0",
            "--set",
            "sweep.learning-rates=[0.1]",
            "-Dsweep.seeds=[0, 1]",
            "--set",
            "training.rules=[plain, bulk]");
    // Four trials of 600 steps; each trunk of 300 is run once where its two trials ran it twice.
    assertThat(plan)
        .isEqualTo(
            new Captured(
                0,
                """
                quickstart: 4 trials in 2 trunks, 600 steps each
                trunk lr0.1-seed0
                  lr0.1-seed0-rank10-plain
                  lr0.1-seed0-rank10-bulk
                trunk lr0.1-seed1
                  lr0.1-seed1-rank10-plain
                  lr0.1-seed1-rank10-bulk
                Sharing what is equal saves at most 600 of 2400 steps.
                """,
                ""));
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  @Test
  void ranksWithOneSwitchShareThePlainBranch() {
    Captured plan =
        Captured.execute(
            "plan", "conf/quickstart.conf", "--probe=0", "--set", "sweep.ranks=[5, 10]");
    // Four trunks of 300 steps, run once instead of six times; in each, 300 steps of plain once.
    assertThat(plan.out())
        .startsWith("quickstart: 24 trials in 4 trunks, 600 steps each\n")
        .endsWith("Sharing what is equal saves at most 7200 of 14400 steps.\n");
  }

  @Test
  void tellsOfAWarmUp() {
    Captured plan =
        Captured.execute(
            "plan",
            "conf/quickstart.conf",
            "--probe=0",
            "--set",
            "training.warm-up={ steps = 40, averaging-frequency = 1, workers = 4 }");
    assertThat(plan.out())
        .contains("\nBefore each trunk, 40 steps on each of 4 workers, averaged every 1 step.\n");
  }

  /**
   * Rows are at 0, 10, …, 600. The lag of 1 needs the spaces of 9, 19, …, 599 besides, and that of
   * 100 none that is no row's. Ten spaces wait for it at a time, and one for the next row.
   */
  @Test
  void saysWhatMeasuringCosts() {
    Captured plan =
        Captured.execute(
            "plan",
            "conf/quickstart.conf",
            "--probe=0",
            "--set",
            "measure={ every = 10, loss-change = full, overlaps = [1, 100], distance-to-plain = on, noise-batches = 8 }");
    assertThat(plan.out())
        .contains(
            """

            Loss changes in full add a Hessian-vector product and a pass over the training set to each row with the eigenspace.
            Overlaps add 60 refreshes of the eigenspace to the 61 of the rows of a trial, and keep up to 11 earlier spaces of 10 vectors.
            Distances to plain training add a gradient to each step of a branch that projects.
            Gradient noise adds 8 gradients over 50 examples each to each row with the eigenspace.
            Sharing""");
  }

  @Test
  void saysHowManyRowsHaveTheEigenspace() {
    String plan =
        "Of 121 rows of a trial, 31 have the eigenspace, and the others the losses alone.\n";
    assertThat(
            Captured.execute(
                    "plan",
                    "conf/quickstart.conf",
                    "--probe=0",
                    "--set",
                    "measure={ every = 5, eigenspace-every = 20 }")
                .out())
        .contains(plan);
    assertThat(Captured.execute("plan", "--probe=0", "conf/quickstart.conf").out())
        .doesNotContain("have the eigenspace");
  }

  /** Rows at 0, 10, …, 600; 100 is one of both. A trace of 60 and 4 times 40 steps of Lanczos. */
  @Test
  void saysWhatWholeSpectraCost() {
    String points =
        "measure={ every = 10, spectrum { steps = [20, 100], every = 100, layers = %s } }";
    assertThat(
            Captured.execute(
                    "plan", "--probe=0", "conf/quickstart.conf", "--set", points.formatted("off"))
                .out())
        .contains(
            "The whole spectrum adds up to 220 Hessian-vector products to each of 8 rows of a trial.\n");
    assertThat(
            Captured.execute(
                    "plan", "--probe=0", "conf/quickstart.conf", "--set", points.formatted("on"))
                .out())
        .contains(
            "to each of 8 rows of a trial, and for each layer up to 60 and a solve for its leading"
                + " eigenvalue.\n");
    assertThat(Captured.execute("plan", "--probe=0", "conf/quickstart.conf").out())
        .doesNotContain("whole spectrum");
  }

  @Test
  void saysHowPhasesAndBranchesTrain() {
    Captured plan =
        Captured.execute(
            "plan",
            "conf/quickstart.conf",
            "--probe=0",
            "--set",
            "training.phases=[{ steps = 50, optimizer = nesterov, learning-rate = 0.5 }]",
            "--set",
            "training.branches=[{ name = gd, batch-size = full, schedule = cosine }]");
    assertThat(plan.out())
        .contains(
            """

            A trunk opens with steps=50 nesterov beta=0.9 learning-rate=0.5.
            Branch gd goes on with sgd batch-size=full schedule=cosine end=0.0 state=kept.
            Sharing""");
  }

  @Test
  void aTrunkThatMayNeverSwitchMaySaveAllItsSteps() {
    Captured plan =
        Captured.execute(
            "plan", "conf/paper/mnist-5k-sgd.conf", "--probe=0", "--set", "data.dir=/nowhere");
    assertThat(plan.out())
        .startsWith("mnist-5k-sgd: 3 trials in 1 trunk, 20000 steps each\n")
        .endsWith("Sharing what is equal saves at most 40000 of 60000 steps.\n");
  }
}
