package org.eigensweep.array;

import org.eigensweep.array.process.CpuKernels;
import org.nd4j.linalg.factory.Nd4j;

/** What ND4J's back end says of itself. With the one for CUDA each thread has a current GPU. */
final class Nd4jAccelerator implements Accelerator {
  static {
    CpuKernels.choose();
  }

  @Override
  public String backEnd() {
    try {
      return Nd4j.getBackend().getClass().getSimpleName();
    } catch (LinkageError e) {
      return "none, " + e.getMessage(); // the only back end is CUDA's, and has no GPU or no driver
    }
  }

  @Override
  public int gpus() {
    try {
      // The one for CPUs calls the processor a device.
      return Nd4j.getEnvironment().isCPU() ? 0 : Nd4j.getAffinityManager().getNumberOfDevices();
    } catch (LinkageError e) {
      return 0;
    }
  }

  @Override
  public void bind(int gpu) {
    Nd4j.getAffinityManager().unsafeSetDevice(gpu);
  }
}
