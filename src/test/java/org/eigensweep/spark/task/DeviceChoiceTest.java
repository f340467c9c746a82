package org.eigensweep.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eigensweep.array.Devices;
import org.eigensweep.array.cuda.Card;
import org.eigensweep.array.cuda.Cuda;
import org.eigensweep.array.cuda.CudaDevices;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  private static final Card OLD = new Card(0, "old", 7, 0, 1L << 34);
  private static final Card FIRST = new Card(1, "first", 8, 0, 1L << 35);
  private static final Card SECOND = new Card(2, "second", 9, 0, 1L << 37);
  private static final Cuda.Found NOTHING = new Cuda.Found(List.of(), "no driver is found");
  private static final Cuda.Found TOO_OLD = new Cuda.Found(List.of(OLD), "card 0 is too old");

  private static final Cuda.Found SOME = new Cuda.Found(List.of(OLD, FIRST, SECOND), "");

  @Test
  void tasksSpreadOverTheCardsThatServe() {
    for (DeviceChoice choice : List.of(DeviceChoice.AUTO, DeviceChoice.CUDA)) {
      assertThat(choice.here(SOME, 0)).isEqualTo(new CudaDevices(FIRST));
      assertThat(choice.here(SOME, 1)).isEqualTo(new CudaDevices(SECOND));
      assertThat(choice.here(SOME, 4)).isEqualTo(new CudaDevices(FIRST));
    }
  }

  @Test
  void withoutACardTheProcessorServesUnlessACardWasAskedFor() {
    for (Cuda.Found found : List.of(NOTHING, TOO_OLD)) {
      assertThat(DeviceChoice.AUTO.here(found, 0)).isSameAs(Devices.processor());
      assertThatThrownBy(() -> DeviceChoice.CUDA.here(found, 0))
          .isInstanceOf(GpuException.class)
          .hasMessage(
              "array.device is cuda, but %s; set it to auto or cpu to compute on the processor",
              found.lack());
    }
  }

  @Test
  void theProcessorIsTakenWithoutALookAtCards() {
    assertThat(DeviceChoice.CPU.here(0)).isSameAs(Devices.processor());
  }
}
