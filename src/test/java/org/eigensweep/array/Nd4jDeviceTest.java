package org.eigensweep.array;

import org.junit.jupiter.api.Nested;

/** ND4J as a device, in both precisions. */
class Nd4jDeviceTest {
  @Nested
  class Float32 extends DeviceContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 2);
    }
  }

  @Nested
  class Float64 extends DeviceContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT64, 1);
    }
  }

  @Nested
  class ProductsInFloat32 extends ProductContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 2);
    }
  }

  @Nested
  class ProductsInFloat64 extends ProductContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT64, 1);
    }
  }

  @Nested
  class WindowsInFloat32 extends WindowContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 1);
    }
  }

  @Nested
  class WindowsInFloat64 extends WindowContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT64, 1);
    }
  }

  @Nested
  class SumsInFloat32 extends SumContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 1);
    }
  }

  @Nested
  class OrderInFloat32 extends OrderContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 3);
    }
  }

  @Nested
  class SumsInFloat64 extends SumContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT64, 1);
    }
  }

  @Nested
  class OrderInFloat64 extends OrderContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT64, 3);
    }
  }

  @Nested
  class OrderOnOneThread extends OrderContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT64, 1);
    }
  }

  @Nested
  class Float32WithoutOneDnn extends DeviceContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 2, host -> host);
    }
  }

  @Nested
  class WindowsWithoutOneDnn extends WindowContract {
    @Override
    protected Device device() {
      return Nd4jDevice.open(Precision.FLOAT32, 2, host -> host);
    }
  }
}
