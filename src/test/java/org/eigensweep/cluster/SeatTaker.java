package org.eigensweep.cluster;

import org.apache.spark.api.java.function.Function;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.TaskDevice;

/** A task that gets ready to compute. Executors load it, so it must not need what tests need. */
final class SeatTaker implements Function<Integer, Integer> {
  @Override
  public Integer call(Integer given) {
    TaskDevice.claim(DeviceChoice.AUTO);
    return given;
  }
}
