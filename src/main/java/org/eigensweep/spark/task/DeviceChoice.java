package org.eigensweep.spark.task;

import java.util.List;
import org.eigensweep.array.Devices;
import org.eigensweep.array.cuda.Card;
import org.eigensweep.array.cuda.Cuda;
import org.eigensweep.array.cuda.CudaDevices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On what a sweep's tasks shall compute. */
public enum DeviceChoice {
  /** On the GPU that Spark gives a task; in local mode on one that is there; else on processors. */
  AUTO,
  /** On processors. */
  CPU,
  /** On GPUs. */
  CUDA;

  private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

  /**
   * On what this machine computes where Spark gives no GPUs.
   *
   * @param task a number that tells tasks from each other, so that they spread over the cards
   * @throws GpuException if a GPU was asked for and there is none that serves
   */
  public Devices here(long task) {
    return this == CPU ? Devices.processor() : here(Cuda.found(), task);
  }

  Devices here(Cuda.Found found, long task) {
    if (found.serves()) {
      List<Card> cards = found.cards().stream().filter(Card::isServed).toList();
      return new CudaDevices(cards.get((int) (task % cards.size())));
    }
    if (this == CUDA) {
      throw new GpuException(
          "array.device is cuda, but %s; set it to auto or cpu to compute on the processor"
              .formatted(found.lack()));
    }
    if (!found.cards().isEmpty()) {
      LOG.info("computing on the processor: {}", found.lack());
    }
    return Devices.processor();
  }
}
