package org.eigensweep.spark.task;

import org.eigensweep.array.Accelerator;

/** Prepares a thread to compute for its Spark task. */
public final class TaskDevice {
  private TaskDevice() {}

  /**
   * Sets the memory limits of the process, and binds the calling thread to the task's GPU. Every
   * thread that computes for a task calls this first.
   *
   * @throws GpuException if a GPU was asked for and is not there
   */
  public static void claim() {
    ProcessMemory.settle();
    GpuAssignment.ofTask().bind(Accelerator.nd4j());
  }
}
