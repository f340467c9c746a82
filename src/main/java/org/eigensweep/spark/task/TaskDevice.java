package org.eigensweep.spark.task;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.eigensweep.array.Accelerator;
import org.eigensweep.array.Devices;
import org.eigensweep.array.cuda.Cuda;

/** Prepares a thread to compute for its Spark task. */
public final class TaskDevice {
  private TaskDevice() {}

  /**
   * Sets the memory limits of the process, and finds the devices of the task. Where they are of
   * ND4J's back end for CUDA, binds the calling thread to the task's GPU; so every thread that
   * computes for a task calls this first.
   *
   * @param choice the sweep's
   * @throws GpuException if a GPU was asked for and is not there
   */
  public static Devices claim(DeviceChoice choice) {
    ProcessMemory.settle();
    GpuAssignment given = GpuAssignment.ofTask();
    if (given.gpu().isEmpty()) {
      return ofProcess(choice, SparkEnv.get().conf(), TaskContext.get().taskAttemptId());
    }
    if (Accelerator.backEnds().contains(Accelerator.CUDA)) {
      given.bind(Accelerator.nd4j());
      return Devices.processor();
    }
    return given.devices(Cuda.found());
  }

  /**
   * On what this process computes for its own: as a task does in local mode, and elsewhere on its
   * processor, since the GPUs of a cluster are Spark's to give.
   *
   * @throws GpuException if a GPU was asked for and is not there
   */
  public static Devices here(DeviceChoice choice, SparkConf settings) {
    return ofProcess(choice, settings, 0);
  }

  private static Devices ofProcess(DeviceChoice choice, SparkConf settings, long task) {
    return GpuRequest.isLocal(settings) ? choice.here(task) : Devices.processor();
  }
}
