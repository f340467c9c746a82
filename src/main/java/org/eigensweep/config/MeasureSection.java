package org.eigensweep.config;

import java.util.List;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.PlainDistance;

/** {@code eigensweep.measure}. */
final class MeasureSection {
  private MeasureSection() {}

  /**
   * Reads the section.
   *
   * @param sizes of the batches whose gradients are measured
   * @param steps of a trial
   */
  static Measuring read(Node section, BatchSizes sizes, int steps) {
    int every = section.child("every").integerOfAtLeast(1);
    int eigenspaceEvery = eigenspaceEvery(section.child("eigenspace-every"), every);
    return new Measuring(
        every,
        eigenspaceEvery,
        section.child("loss-change").word(Words.of(LossChange.class)),
        overlaps(section.child("overlaps"), steps),
        section.child("distance-to-plain").word(Words.of(PlainDistance.class)),
        noiseBatches(section.child("noise-batches"), sizes),
        new MeasuredSpectrumSection(eigenspaceEvery, steps).read(section.child("spectrum")));
  }

  private static int eigenspaceEvery(Node node, int every) {
    int steps = node.integerOfAtLeast(1);
    if (steps % every != 0) {
      throw node.refuse(
          "a multiple of eigensweep.measure.every = " + every, "only a row has an eigenspace");
    }
    return steps;
  }

  /** Steps whose parameters are kept, ascending. */
  static List<Integer> keptSteps(Node section, int steps) {
    Node node = section.child("save-models");
    return node.items().isEmpty()
        ? List.of()
        : node.distinct(step -> step.integerIn(0, steps)).stream().sorted().toList();
  }

  private static List<Integer> overlaps(Node lags, int steps) {
    return lags.items().isEmpty()
        ? List.of()
        : lags.distinct(lag -> lag(lag, steps)).stream().sorted().toList();
  }

  private static int lag(Node lag, int steps) {
    int count = lag.integerOfAtLeast(1);
    if (count > steps) {
      throw lag.refuse(
          "at most eigensweep.training.steps = " + steps, "no point has a space so long before it");
    }
    return count;
  }

  private static int noiseBatches(Node node, BatchSizes sizes) {
    int count = node.integerOfAtLeast(0);
    if (count == 1) {
      throw node.refuse("0 or at least 2", "one gradient has no variance");
    }
    if (count > 0) {
      sizes.requireMiniBatches(node, "a gradient over all examples has no noise");
    }
    return count;
  }
}
