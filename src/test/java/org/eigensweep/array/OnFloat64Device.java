package org.eigensweep.array;

/** Tests with a device for each, in double precision and with one thread. */
public abstract class OnFloat64Device extends OnDevice {
  @Override
  protected final Device device() {
    return Devices.processor().open(Precision.FLOAT64, 1);
  }
}
