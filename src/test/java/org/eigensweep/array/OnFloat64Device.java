package org.eigensweep.array;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a device for each, in double precision and with one thread. */
public abstract class OnFloat64Device {
  protected Device device;

  /** Owner of what a test makes; closed before the device. */
  protected Scope scope;

  @BeforeEach
  void openDevice() {
    device = Devices.open(Precision.FLOAT64, 1);
    scope = device.open();
  }

  @AfterEach
  void closeDevice() {
    scope.close();
    device.close();
  }
}
