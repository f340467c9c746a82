package org.eigensweep.array;

import java.util.OptionalLong;

/** Devices by ND4J's libraries. */
enum Nd4jDevices implements Devices {
  INSTANCE;

  @Override
  public Device open(Precision precision, int threads) {
    return Nd4jDevice.open(precision, threads);
  }

  @Override
  public WorkingSizes sizes() {
    return Nd4jDevice.SIZES;
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.empty();
  }
}
