package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import java.util.stream.IntStream;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.sweep.TrialIdentity;

/**
 * The table {@code eigenvalues}: a row for each followed pair of each point whose eigenspace is
 * measured.
 */
public final class EigenvaluesTable {
  /** The pair at this place, counted from 0, of a point. */
  record Pair(TrialIdentity trial, Measurement at, int i) {}

  public static final Table<Pair> TABLE =
      new Table<>(
          "eigenvalues",
          Table.columns(
              IdentityColumns.of(Pair::trial),
              Column.integer("step", "updates made before this point", p -> p.at().step()),
              Column.integer("pair", "place of the pair, 1 leads", p -> p.i() + 1),
              Column.real(
                  "eigenvalue",
                  "of the Hessian of the mean training loss",
                  p -> p.at().eigenvalues()[p.i()]),
              Column.real(
                  "residual",
                  "measured norm of Hu - lambda u of this row's u, relative to the largest eigenvalue in magnitude",
                  p -> p.at().pairs().residuals()[p.i()]),
              Column.real(
                  "cosine",
                  "cosine between the eigenvector, whose sign is arbitrary, and the gradient",
                  p -> p.at().gradient().along().cosine(p.i())),
              Column.real(
                  "chi_gradient",
                  "norm of the gradient's projection on this and the pairs before over its norm",
                  p -> p.at().gradientAlignment(p.i() + 1)),
              Column.real(
                  "chi_minibatch_gradient",
                  "the same of the gradient over the examples of the step made from here; null at the last point",
                  p -> p.at().made().minibatchGradient().alignment(p.i() + 1)),
              Column.real(
                  "chi_base_update",
                  "the same of the base optimiser's update, before projection; null at the last point",
                  p -> p.at().made().baseUpdate().alignment(p.i() + 1)),
              Column.real(
                  "chi_update",
                  "the same of the update made from here, after projection; null at the last point",
                  p -> p.at().updateAlignment(p.i() + 1)),
              Column.real(
                  "loss_change_first",
                  "first-order change of the training loss by the update's part along the eigenvector; null at the last point",
                  p -> p.at().lossTerms().first(p.i())),
              Column.real(
                  "loss_change_second",
                  "second-order change by that part",
                  p -> p.at().lossTerms().second(p.i())),
              Column.real(
                  "gradient_noise",
                  "variance of the mini-batch gradient along the eigenvector; null unless it is measured",
                  p -> p.at().noise().along()[p.i()]),
              Column.text(
                  "stop",
                  "tracked from a point before, converged from scratch, or why neither",
                  p -> word(p.at().pairs().stop()))));

  private EigenvaluesTable() {}

  /** The rows of points of a trial. */
  public static List<Pair> rows(TrialIdentity trial, List<Measurement> points) {
    return points.stream()
        .flatMap(
            m -> IntStream.range(0, m.eigenvalues().length).mapToObj(i -> new Pair(trial, m, i)))
        .toList();
  }
}
