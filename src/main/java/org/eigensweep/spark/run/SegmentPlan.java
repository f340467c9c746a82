package org.eigensweep.spark.run;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.walk.Segment;
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
   * @param stepped called after each update
   */
  Segment prepare(Runnable stepped) {
    return new Timed(stepped);
  }

  private final class Timed implements Segment {
    private final Runnable stepped;
    private final long start = System.nanoTime();
    private double length;

    Timed(Runnable stepped) {
      this.stepped = stepped;
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
      stepped.run();
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
