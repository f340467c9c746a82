package org.eigensweep.app;

import static org.eigensweep.app.Plan.count;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.TrainingPlan;

/**
 * What the rows of a trial cost beyond an evaluation of the data each, and a gradient and a refresh
 * of the eigenspace for those that have it.
 *
 * @param points that are looked at in a trial that does not switch
 * @param batchSizes examples of a mini-batch, of each size that trunks have
 * @param pairs vectors of a space
 */
record MeasuringCost(MeasuredPoints points, List<Integer> batchSizes, int pairs) {
  static MeasuringCost of(Sweep sweep) {
    TrainingPlan plan = sweep.protocol().plan();
    var following = sweep.protocol().following();
    return new MeasuringCost(
        new MeasuredPoints(following.measuring(), 0, plan.steps()),
        sweep.batchSizes().stream()
            .map(size -> size.or(plan.batches()).size(sweep.problem().examples()))
            .toList(),
        following.eigenspace().pairs());
  }

  /** A line for each quantity that is not free, each ended; empty if all are. */
  String render() {
    Measuring measuring = points.measuring();
    StringBuilder text = new StringBuilder();
    if (measuring.eigenspaceEvery() != measuring.every()) {
      text.append(
          "Of %s of a trial, %d have the eigenspace, and the others the losses alone.%n"
              .formatted(count(rows(), "row"), eigenspaces()));
    }
    if (measuring.lossChange() == LossChange.FULL) {
      text.append(
          "Loss changes in full add a Hessian-vector product and a pass over the training set to each row with the eigenspace.%n"
              .formatted());
    }
    if (!measuring.overlaps().isEmpty()) {
      text.append(
          "Overlaps add %s of the eigenspace to the %d of the rows of a trial, and keep up to %s of %s.%n"
              .formatted(
                  count(refreshes() - eigenspaces(), "refresh", "refreshes"),
                  eigenspaces(),
                  count(points.mostKept(), "earlier space"),
                  count(pairs, "vector")));
    }
    if (measuring.plainDistance() == PlainDistance.ON) {
      text.append(
          "Distances to plain training add a gradient to each step of a branch that projects.%n"
              .formatted());
    }
    if (measuring.noiseBatches() > 0) {
      text.append(
          "Gradient noise adds %s over %s each to each row with the eigenspace.%n"
              .formatted(count(measuring.noiseBatches(), "gradient"), examples()));
    }
    return text.append(spectrum()).toString();
  }

  private String spectrum() {
    SpectrumPoints spectrum = points.measuring().spectrum();
    if (spectrum.isEmpty()) {
      return "";
    }
    int density = spectrum.densityVectors() * spectrum.densitySteps();
    String layers =
        spectrum.layers() == LayerSpectra.ON
            ? ", and for each layer up to %d and a solve for its leading eigenvalue"
                .formatted(spectrum.traceProducts())
            : "";
    return "The whole spectrum adds up to %s to each of %s of a trial%s.%n"
        .formatted(
            count(spectrum.traceProducts() + density, "Hessian-vector product"),
            count(spectra(), "row"),
            layers);
  }

  /** Rows of a trial with the whole spectrum. */
  long spectra() {
    return IntStream.rangeClosed(0, points.last()).filter(points::hasSpectrum).count();
  }

  private String examples() {
    return batchSizes.size() == 1
        ? count(batchSizes.get(0), "example")
        : batchSizes.stream().map(String::valueOf).collect(Collectors.joining(" or "))
            + " examples";
  }

  /** Rows of a trial. */
  long rows() {
    return IntStream.rangeClosed(0, points.last()).filter(points::hasRow).count();
  }

  /** Rows of a trial that have the eigenspace. */
  long eigenspaces() {
    return IntStream.rangeClosed(0, points.last()).filter(points::hasEigenspace).count();
  }

  /** Points of a trial whose space is looked at. */
  long refreshes() {
    return IntStream.rangeClosed(0, points.last()).filter(points::needsSpace).count();
  }
}
