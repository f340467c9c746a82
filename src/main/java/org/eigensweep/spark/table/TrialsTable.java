package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.time.Instant;
import java.util.Locale;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;

/** The table {@code trials}: a row for each finished trial, written last, with its provenance. */
public final class TrialsTable {
  public static final String SETTINGS = "settings";
  public static final String TRAIN_SHA256 = "train_sha256";
  public static final String TEST_SHA256 = "test_sha256";
  public static final String THREADS = "threads";

  /** A finished trial, what it ran on, where, on how many threads, and when it was written. */
  public record Entry(
      TrialIdentity identity,
      TrialSummary trial,
      Provenance provenance,
      String host,
      int threads,
      Instant finishedAt) {}

  public static final Table<Entry> TABLE =
      new Table<>(
          "trials",
          Table.columns(
              IdentityColumns.of(Entry::identity),
              Column.integer("schema_version", "of the tables' columns", e -> Table.SCHEMA),
              Column.text(
                  "status", "completed, not-switched or diverged", e -> word(e.trial().status())),
              Column.step(
                  "switch_step", "step of the switch; null if none", e -> e.trial().switchStep()),
              Column.real(
                  "switch_chi",
                  "alignment of the gradient at the switch; null if none",
                  e -> e.trial().switchAlignment()),
              Column.real(
                  "switch_train_loss",
                  "there, with the L2 term; null if none",
                  e -> e.trial().switchTrainLoss()),
              Column.real(
                  "branch_chi",
                  "mean alignment of the gradient over the rows of the branch; null if none",
                  e -> e.trial().branchAlignment()),
              Column.step(
                  "diverged_step",
                  "step at which something was not finite; null if none",
                  e -> e.trial().divergedStep()),
              Column.step(
                  "final_step",
                  "the last step; null, as all that is final, if diverged",
                  e -> e.trial().finalStep()),
              Column.real(
                  "final_train_loss", "there, with the L2 term", e -> e.trial().finalTrainLoss()),
              Column.real(
                  "final_train_accuracy", "there, 0 to 1", e -> e.trial().finalTrainAccuracy()),
              Column.real(
                  "final_test_loss", "there, without the L2 term", e -> e.trial().finalTestLoss()),
              Column.real(
                  "final_test_accuracy", "there, 0 to 1", e -> e.trial().finalTestAccuracy()),
              Column.integer(
                  "trunk_steps",
                  "updates of the trunk up to the switch, which other trials may share",
                  e -> e.trial().trunkCost().steps()),
              Column.bigint(
                  "trunk_products",
                  "Hessian-vector products of the trunk up to the switch",
                  e -> e.trial().trunkCost().products()),
              Column.integer(
                  "trunk_corrections",
                  "bases of the trunk brought up to date for its gradient alone",
                  e -> e.trial().trunkCost().corrections()),
              Column.integer(
                  "trunk_refreshes",
                  "eigenspaces of the trunk",
                  e -> e.trial().trunkCost().refreshes()),
              Column.integer(
                  "trunk_cold_solves",
                  "of these from scratch",
                  e -> e.trial().trunkCost().coldSolves()),
              Column.real("trunk_seconds", "wall-clock time", e -> e.trial().trunkCost().seconds()),
              Column.integer(
                  "branch_steps",
                  "updates of the branch, which other ranks may share",
                  e -> e.trial().branchCost().steps()),
              Column.bigint(
                  "branch_products",
                  "Hessian-vector products of the branch",
                  e -> e.trial().branchCost().products()),
              Column.integer(
                  "branch_corrections",
                  "bases of the branch brought up to date for its update alone",
                  e -> e.trial().branchCost().corrections()),
              Column.integer(
                  "branch_refreshes",
                  "eigenspaces of the branch",
                  e -> e.trial().branchCost().refreshes()),
              Column.integer(
                  "branch_cold_solves",
                  "of these from scratch",
                  e -> e.trial().branchCost().coldSolves()),
              Column.real(
                  "branch_seconds", "wall-clock time", e -> e.trial().branchCost().seconds()),
              Column.real(
                  "steps_per_second",
                  "of the branch; of the trunk if not switched",
                  e -> e.trial().stepsPerSecond()),
              Column.text(SETTINGS, "resolved settings, JSON", e -> e.provenance().settings()),
              Column.text(
                  "train_source", "origin of the training set", e -> e.provenance().trainSource()),
              Column.text(
                  TRAIN_SHA256,
                  "digest of the training set; null if it is no data",
                  e -> e.provenance().trainSha256()),
              Column.text(
                  "test_source",
                  "origin of the test set; null if there is none",
                  e -> e.provenance().testSource()),
              Column.text(
                  TEST_SHA256,
                  "digest of the test set; null if there is none",
                  e -> e.provenance().testSha256()),
              Column.text("eigensweep_version", "of the program", e -> e.provenance().version()),
              Column.text("git_commit", "of its sources", e -> e.provenance().commit()),
              Column.text("spark_version", "of Spark", e -> e.provenance().sparkVersion()),
              Column.text("java_version", "on the driver", e -> e.provenance().javaVersion()),
              Column.text("nd4j_version", "null if unknown", e -> e.provenance().nd4jVersion()),
              Column.text("dl4j_version", "null if unknown", e -> e.provenance().dl4jVersion()),
              Column.text("precision", "float32 or float64", e -> e.provenance().precision()),
              Column.text("host", "host of the trial's last task, or of the driver", Entry::host),
              Column.integer(THREADS, "cores that the trial was allowed there", Entry::threads),
              Column.instant(
                  "finished_at", "when this row was written, in UTC", Entry::finishedAt)));

  private TrialsTable() {}

  /**
   * What a row says of a trial.
   *
   * @param trial the trial that it is a row of
   */
  public static TrialSummary summary(Trial trial, Cells row) {
    return new TrialSummary(
        trial,
        statusOf(row.text("status")),
        row.step("switch_step"),
        row.real("switch_chi"),
        row.real("switch_train_loss"),
        row.real("branch_chi"),
        row.step("diverged_step"),
        row.step("final_step"),
        row.real("final_train_loss"),
        row.real("final_train_accuracy"),
        row.real("final_test_loss"),
        row.real("final_test_accuracy"),
        cost(row, "trunk_"),
        cost(row, "branch_"));
  }

  private static Cost cost(Cells row, String part) {
    return new Cost(
        row.integer(part + "steps"),
        row.bigint(part + "products"),
        row.integer(part + "corrections"),
        row.integer(part + "refreshes"),
        row.integer(part + "cold_solves"),
        row.real(part + "seconds"));
  }

  private static Status statusOf(String name) {
    return Status.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
