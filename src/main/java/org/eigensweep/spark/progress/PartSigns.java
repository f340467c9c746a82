package org.eigensweep.spark.progress;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.eigensweep.experiment.outcome.Measurement;

/**
 * What a running task tells the driver of a trunk or a branch: accumulators, which travel as {@link
 * ProgressFeed} says. They are Spark's own kinds, which every driver can read.
 *
 * @param rank the k of χ_k
 * @param steps counts updates
 * @param loss holds the training loss of the latest row
 * @param alignment holds χ_k of its gradient
 */
public record PartSigns(
    int rank, LongAccumulator steps, DoubleAccumulator loss, DoubleAccumulator alignment)
    implements PartListener, Serializable {
  /** New accumulators, for one segment of a part. */
  public static PartSigns of(SparkContext context, String part, int rank) {
    return new PartSigns(
        rank,
        context.longAccumulator("steps of " + part),
        context.doubleAccumulator("loss of " + part),
        context.doubleAccumulator("chi of " + part));
  }

  @Override
  public void stepped() {
    steps.add(1L);
    ProgressFeed.tell(steps.id(), steps.value());
  }

  @Override
  public void measured(Measurement point) {
    hold(point.trainLoss(), loss);
    hold(point.gradientAlignment(rank), alignment);
  }

  /**
   * Makes a number the sum of what was added, up to rounding. A reset before it would show as a
   * zero to a heartbeat in between.
   */
  static void hold(double number, DoubleAccumulator at) {
    if (Double.isFinite(number)) {
      at.add(number - at.sum());
      ProgressFeed.tell(at.id(), at.value());
    }
  }
}
