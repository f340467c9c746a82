package org.eigensweep.spark.task;

import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.eigensweep.array.Accelerator;
import org.eigensweep.array.Devices;
import org.eigensweep.array.cuda.Cuda;
import org.eigensweep.array.cuda.CudaDevices;

/**
 * The GPU on which a task computes.
 *
 * @param gpu its number; empty where the sweep has asked Spark for none
 */
public record GpuAssignment(OptionalInt gpu) {
  /**
   * What Spark gave to the task of the calling thread.
   *
   * @throws GpuException if that is no GPU although one was asked for, or has no number
   */
  public static GpuAssignment ofTask() {
    return of(SparkEnv.get().conf(), TaskContext.get().resourcesJMap());
  }

  static GpuAssignment of(SparkConf settings, Map<String, ResourceInformation> resources) {
    ResourceInformation given = resources.get("gpu");
    if (given != null && given.addresses().length > 0) {
      return new GpuAssignment(OptionalInt.of(number(given.addresses()[0])));
    }
    if (settings.contains(GpuRequest.OF_TASK)) {
      throw new GpuException(
          "%s is %s, but Spark gave this task no GPU, expected one: set it before the session starts"
              .formatted(GpuRequest.OF_TASK, settings.get(GpuRequest.OF_TASK)));
    }
    return new GpuAssignment(OptionalInt.empty());
  }

  private static int number(String address) {
    try {
      return Integer.parseUnsignedInt(address);
    } catch (NumberFormatException e) {
      throw new GpuException(
          "Spark gave GPU '%s' to this task, expected a number as nvidia-smi counts: use submit/gpus as discovery script"
              .formatted(address));
    }
  }

  /**
   * Makes ND4J compute there for the calling thread; without a GPU does nothing.
   *
   * @throws GpuException if ND4J does not see it
   */
  public void bind(Accelerator accelerator) {
    if (gpu.isPresent()) {
      require(gpu.getAsInt(), accelerator);
      accelerator.bind(gpu.getAsInt());
    }
  }

  /**
   * Its devices, which do not need ND4J.
   *
   * @throws GpuException if CUDA does not serve here, or does not see it
   */
  Devices devices(Cuda.Found found) {
    int number = gpu.orElseThrow();
    if (!found.serves()) {
      throw new GpuException(
          "Spark gave GPU %d to this task, but %s".formatted(number, found.lack()));
    }
    if (number >= found.cards().size()) {
      throw unseen(number, "CUDA", found.cards().size());
    }
    return new CudaDevices(found.cards().get(number));
  }

  private static GpuException unseen(int gpu, String library, int there) {
    return new GpuException(
        "Spark gave GPU %d to this task, but %s sees %d, numbered from 0, expected the same as the discovery script: look at CUDA_VISIBLE_DEVICES of worker and executor"
            .formatted(gpu, library, there));
  }

  private static void require(int gpu, Accelerator accelerator) {
    int there = accelerator.gpus();
    if (there == 0) {
      throw new GpuException(
          "Spark gave GPU %d to this task, but ND4J has none (its back end: %s), expected %s: build with mvn -Pcuda package, and look for NVIDIA's driver on the node"
              .formatted(gpu, accelerator.backEnd(), Accelerator.CUDA));
    }
    if (gpu >= there) {
      throw unseen(gpu, "ND4J", there);
    }
  }
}
