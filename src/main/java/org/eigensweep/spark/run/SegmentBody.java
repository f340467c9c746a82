package org.eigensweep.spark.run;

import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;

/** What a runner does in a segment of a trunk or a branch. */
@FunctionalInterface
interface SegmentBody<T> {
  Reached<T> run(TrialRunner runner, Segment segment);
}
