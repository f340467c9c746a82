package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.sweep.TrialIdentity;

/**
 * The table {@code steps}: a row for each measured point of a trial, trunk included. What needs the
 * eigenspace is null where that was not measured.
 */
public final class StepsTable {
  /** A point of a trajectory, seen with the k of a trial. */
  record Point(TrialIdentity trial, Measurement at) {
    int k() {
      return trial.trial().rank();
    }

    SteeringAccount following() {
      return at.following(k());
    }
  }

  public static final Table<Point> TABLE =
      new Table<>(
          "steps",
          Table.columns(
              IdentityColumns.of(Point::trial),
              Column.integer("step", "updates made before this point", p -> p.at().step()),
              Column.text("phase", "trunk or branch", StepsTable::phase),
              Column.real(
                  "train_loss",
                  "mean over the training set, with the L2 term",
                  p -> p.at().trainLoss()),
              Column.real(
                  "train_accuracy",
                  "share of right answers in the training set, 0 to 1",
                  p -> p.at().train().accuracy()),
              Column.real(
                  "test_loss",
                  "mean over the test set, without the L2 term",
                  p -> p.at().testLoss()),
              Column.real(
                  "test_accuracy",
                  "share of right answers in the test set, 0 to 1",
                  p -> p.at().test().accuracy()),
              Column.real(
                  "gradient_norm",
                  "norm of the gradient of the training loss; null where the eigenspace was not measured",
                  p -> p.at().gradientNorm()),
              Column.real(
                  "chi_gradient",
                  "norm of the gradient's projection on the k leading eigenvectors over its norm",
                  p -> p.at().gradientAlignment(p.k())),
              Column.real(
                  "chi_update",
                  "the same of the update made from here, after projection; null at the last point",
                  p -> p.at().updateAlignment(p.k())),
              Column.real(
                  "chi_minibatch_gradient",
                  "the same of the gradient over the examples of the step made from here; null at the last point",
                  p -> p.at().made().minibatchGradient().alignment(p.k())),
              Column.real(
                  "chi_base_update",
                  "the same of the base optimiser's update, before projection; null at the last point",
                  p -> p.at().made().baseUpdate().alignment(p.k())),
              Column.real(
                  "minibatch_gradient_norm",
                  "norm of the gradient over the examples of the step made from here; null at the last point",
                  p -> p.at().made().minibatchGradient().norm()),
              Column.real(
                  "base_update_norm",
                  "norm of the base optimiser's update, before projection; null at the last point",
                  p -> p.at().made().baseUpdate().norm()),
              Column.real(
                  "update_norm",
                  "norm of the update made from here, after projection; null at the last point",
                  p -> p.at().updateNorm()),
              Column.real(
                  "learning_rate_dominant",
                  "effective learning rate within the dominant space; null at the last point or where it is rounding",
                  p -> p.at().dominantLearningRate(p.k())),
              Column.real(
                  "learning_rate_bulk",
                  "effective learning rate in the bulk; null at the last point or where it is rounding",
                  p -> p.at().bulkLearningRate(p.k())),
              Column.real(
                  "loss_change_first_dominant",
                  "first-order change of the training loss by the update's part in the dominant space; null at the last point",
                  p -> p.at().lossTerms().dominantFirst(p.k())),
              Column.real(
                  "loss_change_second_dominant",
                  "second-order change by that part",
                  p -> p.at().lossTerms().dominantSecond(p.k())),
              Column.real(
                  "loss_change_first_bulk",
                  "first-order change by the update's part in the bulk; null at the last point",
                  p -> p.at().lossTerms().bulkFirst(p.k())),
              Column.real(
                  "loss_change_second_bulk",
                  "second-order change by that part; null unless loss changes are measured in full",
                  p -> p.at().lossTerms().bulkSecond(p.k())),
              Column.real(
                  "loss_change",
                  "change of the training loss by the update; null unless loss changes are measured in full",
                  p -> p.at().lossChange()),
              Column.real(
                  "sharpness",
                  "largest eigenvalue of the Hessian among the pairs",
                  p -> p.at().sharpness()),
              Column.real(
                  "stability_threshold",
                  "sharpness above which the base optimiser is unstable on a quadratic; null for adaptive ones",
                  p -> p.at().stabilityThreshold()),
              Column.real(
                  "gradient_noise",
                  "trace of the mini-batch gradient's covariance; null unless it is measured",
                  p -> p.at().noise().trace()),
              Column.real(
                  "gradient_noise_dominant",
                  "its part in the dominant space",
                  p -> p.at().noise().within(p.k())),
              Column.real(
                  "distance",
                  "distance from the switch in parameter space; null in the trunk",
                  p -> p.at().distance()),
              Column.real(
                  "distance_to_plain",
                  "distance from where plain training is at the same step; null unless it is measured",
                  p -> p.at().distances().fromPlain()),
              Column.real(
                  "minibatch_loss",
                  "over the examples of the step made from here; null at the last point",
                  p -> p.at().minibatchLoss()),
              Column.integer(
                  "products",
                  "Hessian-vector products spent on the eigenpairs of this point beyond those that steered its step",
                  p -> p.at().pairs().products()),
              Column.bigint(
                  "steering_products",
                  "Hessian-vector products since the row before, on the space that steers",
                  p -> p.following().products()),
              Column.integer(
                  "steering_corrections",
                  "since then, bases brought up to date for one vector",
                  p -> p.following().corrections()),
              Column.integer(
                  "steering_refreshes",
                  "since then, refreshes of the space that steers",
                  p -> p.following().refreshes()),
              Column.integer(
                  "steering_cold_solves", "of these from scratch", p -> p.following().coldSolves()),
              Column.real(
                  "steering_error",
                  "largest estimated error of a step since then; null where nothing steered",
                  p -> p.following().error()),
              Column.real(
                  "seconds",
                  "wall-clock time from the start of the trial to the end of this point's step",
                  p -> p.at().seconds())));

  private StepsTable() {}

  /** The rows of points of a trial. */
  public static List<Point> rows(TrialIdentity trial, List<Measurement> points) {
    return points.stream().map(m -> new Point(trial, m)).toList();
  }

  private static String phase(Point point) {
    return word(point.at().phase());
  }
}
