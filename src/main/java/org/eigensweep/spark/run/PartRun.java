package org.eigensweep.spark.run;

import java.util.Optional;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.sliced.SliceLostException;

/**
 * Runs a trunk or a branch from checkpoint to checkpoint, to its end.
 *
 * @param segments told when checkpoints are of no use
 * @param submit runs a segment
 * @param keep makes a checkpoint durable; false if its vectors are not to be seen
 */
record PartRun<T>(Segments segments, Submit<T> submit, Keep keep) {
  /** Segments in a row that may be lost with an executor, as often as Spark repeats a task. */
  private static final int MOST_LOST = 4;

  /** Runs the next segment. */
  @FunctionalInterface
  interface Submit<T> {
    /** Runs it from a checkpoint, or from the start of the part. */
    Located<Reached<T>> from(Optional<Checkpoint> at);
  }

  /** Keeps a checkpoint. */
  @FunctionalInterface
  interface Keep {
    boolean keep(Located<Checkpoint> at);
  }

  /** Runs it from a checkpoint, or from its start. */
  Located<T> from(Optional<Checkpoint> start) {
    Optional<Checkpoint> at = start;
    int lost = 0;
    while (true) {
      Located<Reached<T>> reached;
      try {
        reached = submit.from(at);
      } catch (UnreachableCheckpointException e) {
        segments.runWhole();
        at = Optional.empty();
        continue;
      } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
        lost++;
        if (lost == MOST_LOST || !SliceLostException.isCauseOf(e)) {
          throw e;
        }
        continue;
      }
      Optional<T> ended = reached.result().outcome();
      if (ended.isPresent()) {
        return reached.map(result -> ended.get());
      }
      lost = 0;
      at = kept(reached);
    }
  }

  /** The next segment's start: this checkpoint, or nothing if nobody would find it. */
  private Optional<Checkpoint> kept(Located<Reached<T>> reached) {
    Checkpoint now = reached.result().pause().orElseThrow();
    if (keep.keep(reached.map(result -> now))) {
      return Optional.of(now);
    }
    segments.runWhole();
    return Optional.empty();
  }
}
