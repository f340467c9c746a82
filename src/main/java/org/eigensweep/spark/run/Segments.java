package org.eigensweep.spark.run;

import java.time.Duration;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.spark.output.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts the trunks and branches of a sweep into segments, each of which ends in a checkpoint. */
public final class Segments {
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

  private final Checkpoints checkpoints;
  private volatile double seconds;

  /**
   * Segments of one length.
   *
   * @param every time from one checkpoint to the next
   */
  public Segments(Checkpoints checkpoints, Duration every) {
    this.checkpoints = checkpoints;
    this.seconds = every.toSeconds() + every.toNanosPart() / 1e9;
  }

  SegmentPlan of(Trunk trunk) {
    return new SegmentPlan(seconds, checkpoints.vectors(trunk));
  }

  SegmentPlan of(Trial trial) {
    return new SegmentPlan(seconds, checkpoints.vectors(trial));
  }

  /** Whether parts run whole. */
  boolean isWhole() {
    return seconds == Double.POSITIVE_INFINITY;
  }

  /** From now on every part runs whole, because checkpoints are not seen where they are needed. */
  synchronized void runWhole() {
    if (!isWhole()) {
      seconds = Double.POSITIVE_INFINITY;
      LOG.warn(
          "executors and driver do not see the same files in eigensweep.output, so there are no"
              + " checkpoints: what runs when the driver or an executor is lost starts again; set"
              + " eigensweep.output to a folder that all of them share");
    }
  }
}
