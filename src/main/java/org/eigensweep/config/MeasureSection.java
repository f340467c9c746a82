package org.eigensweep.config;

import java.util.List;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.PlainDistance;

/** {@code eigensweep.measure}. */
final class MeasureSection {
  private MeasureSection() {}

  /**
   * Reads the section.
   *
   * @param batches of the steps whose gradients are measured
   * @param steps of a trial
   */
  static Measuring read(Node section, Batches batches, int steps) {
    return new Measuring(
        section.child("every").integerOfAtLeast(1),
        section.child("loss-change").word(Words.of(LossChange.class)),
        overlaps(section.child("overlaps"), steps),
        section.child("distance-to-plain").word(Words.of(PlainDistance.class)),
        noiseBatches(section.child("noise-batches"), batches));
  }

  private static List<Integer> overlaps(Node lags, int steps) {
    return lags.items().isEmpty()
        ? List.of()
        : lags.distinct(lag -> lag(lag, steps)).stream().sorted().toList();
  }

  private static int lag(Node lag, int steps) {
    if (lag.integerOfAtLeast(1) > steps) {
      throw lag.refuse(
          "at most eigensweep.training.steps = " + steps, "no point has a space so long before it");
    }
    return lag.integerOfAtLeast(1);
  }

  private static int noiseBatches(Node node, Batches batches) {
    int count = node.integerOfAtLeast(0);
    if (count == 1) {
      throw node.refuse("0 or at least 2", "one gradient has no variance");
    }
    if (count > 0 && batches instanceof Batches.Full) {
      throw node.refuse(
          "0 where eigensweep.training.batch-size = full",
          "a gradient over all examples has no noise");
    }
    return count;
  }
}
