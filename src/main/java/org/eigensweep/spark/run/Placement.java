package org.eigensweep.spark.run;

import org.eigensweep.spark.parallel.Reduction;
import org.eigensweep.spark.parallel.VectorPlacement;
import org.eigensweep.spark.task.DeviceChoice;

/** Where trials run. Results agree but for rounding. */
public sealed interface Placement {
  /** On what tasks compute. */
  DeviceChoice device();

  /** Trunks and branches run inside tasks, a segment each, with all data beside them. */
  record TrialPerTask(DeviceChoice device) implements Placement {}

  /**
   * Trials run on threads of the driver, and their passes over the training set are jobs.
   *
   * @param partitions parts of the training set, at least 1
   * @param reduction how the parts' sums come together
   * @param vectors where a trial's vectors live
   * @param device on what tasks compute; the driver's own arithmetic is on its processor
   */
  record DataParallel(
      int partitions, Reduction reduction, VectorPlacement vectors, DeviceChoice device)
      implements Placement {}
}
