package org.eigensweep.array;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with a device for each. */
public abstract class OnDevice {
  protected Device device;

  /** Owner of what a test makes; closed before the device. */
  protected Scope scope;

  /** A new device of the kind on which the tests run. */
  protected abstract Device device();

  @BeforeEach
  void openDevice() {
    device = device();
    scope = device.open();
  }

  @AfterEach
  void closeDevice() {
    scope.close();
    device.close();
  }
}
