package org.eigensweep.spark.task;

import org.eigensweep.array.Accelerator;

/** Where a task computes. */
public final class TaskDevice {
  private TaskDevice() {}

  /**
   * Gets the process of the calling thread's task ready for arithmetic, and the thread onto the
   * task's GPU. Every thread that computes for a task calls this first.
   *
   * @throws GpuException if a GPU was asked for and is not there
   */
  public static void claim() {
    ProcessMemory.settle();
    GpuAssignment.ofTask().bind(Accelerator.nd4j());
  }
}
