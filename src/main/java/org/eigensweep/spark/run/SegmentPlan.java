package org.eigensweep.spark.run;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.spark.progress.PartListener;
import org.eigensweep.spark.sliced.StoredBlock;

/**
 * How long a trunk or a branch runs between two checkpoints.
 *
 * @param seconds from one to the next; infinite for none
 * @param vectors folder for the vectors of a checkpoint, a Hadoop path that whoever runs the part
 *     can write
 */
public record SegmentPlan(double seconds, String vectors) implements Serializable {
  /**
   * Where to prepare a segment takes long, its length is at least so many times that, and at most
   * so many times what is planned. What a checkpoint costs is then some 5 % of the time: to write
   * one takes about as long as to read it.
   */
  private static final int STRETCH = 20;

  /**
   * Begins the preparation of a segment.
   *
   * @param listener told of the steps and rows of the segment
   */
  Segment prepare(PartListener listener) {
    return new Timed(listener);
  }

  private final class Timed implements Segment {
    private final PartListener listener;
    private final long start = System.nanoTime();
    private double length;

    Timed(PartListener listener) {
      this.listener = listener;
    }

    private double elapsed() {
      return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void begins() {
      length = Math.max(seconds, STRETCH * Math.min(elapsed(), seconds));
    }

    @Override
    public void stepped() {
      listener.stepped();
    }

    @Override
    public void measured(Measurement point) {
      listener.measured(point);
    }

    @Override
    public boolean pauses() {
      return elapsed() >= length;
    }

    /** One vector after another goes into files, so that few are in memory at once. */
    @Override
    public MatrixSource keep(Matrix matrix) {
      MatrixSource copy = matrix.snapshot();
      return copy instanceof HostMatrix here ? StoredBlock.write(vectors, here) : copy;
    }
  }
}
