package org.eigensweep.array.cuda;

import org.eigensweep.array.Device;
import org.eigensweep.array.DeviceContract;
import org.eigensweep.array.OrderContract;
import org.eigensweep.array.Precision;
import org.eigensweep.array.ProductContract;
import org.eigensweep.array.SumContract;
import org.eigensweep.array.WindowContract;
import org.junit.jupiter.api.Nested;

/** What every device must do, by the kernels of a card, in both precisions. */
class CudaDeviceTest {
  @Nested
  class Float32 extends DeviceContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT32);
    }
  }

  @Nested
  class Float64 extends DeviceContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT64);
    }
  }

  @Nested
  class ProductsInFloat32 extends ProductContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT32);
    }
  }

  @Nested
  class ProductsInFloat64 extends ProductContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT64);
    }
  }

  @Nested
  class SumsInFloat32 extends SumContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT32);
    }
  }

  @Nested
  class SumsInFloat64 extends SumContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT64);
    }
  }

  @Nested
  class WindowsInFloat32 extends WindowContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT32);
    }
  }

  @Nested
  class WindowsInFloat64 extends WindowContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT64);
    }
  }

  @Nested
  class OrderInFloat32 extends OrderContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT32);
    }
  }

  @Nested
  class OrderInFloat64 extends OrderContract {
    @Override
    protected Device device() {
      return FakeCard.open(Precision.FLOAT64);
    }
  }
}
