package org.eigensweep.spark.sliced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that come twice, too late, or not at all. */
class SliceTest {
  private static final String LOST =
      "slice 1 of the vectors was lost with its executor: start again, and the sweep goes on from"
          + " its last checkpoint";

  private final Slice slice =
      new Slice(1, new RowRange(4, 7), Devices.processor().open(Precision.FLOAT64, 1));

  @AfterEach
  void close() {
    slice.close();
  }

  private static OperationBatch<Double> doubled(long number) {
    ColumnRange x = new ColumnRange(0, 0, 1);
    SliceOperation twice = s -> s.device().scale(2, s.view(x));
    return new OperationBatch<>(number, List.of(twice), s -> s.view(x).toDoubles()[0]);
  }

  private void make() {
    ColumnRange x = new ColumnRange(0, 0, 1);
    slice.execute(
        new OperationBatch<>(
            1, List.of(s -> s.make(0, 1), s -> s.device().fill(3, s.view(x))), s -> 0));
  }

  @Test
  void runsARepeatedBatchOnce() {
    make();
    assertThat(slice.execute(doubled(2))).isEqualTo(6);
    assertThat(slice.execute(doubled(2))).isEqualTo(6);
    assertThat(slice.execute(doubled(3))).isEqualTo(12);
  }

  @Test
  void saysThatItWasLost() {
    assertThatThrownBy(() -> slice.execute(doubled(2)))
        .isInstanceOf(SliceLostException.class)
        .hasMessage(LOST);
    assertThatThrownBy(() -> slice.runIdempotent(1, s -> {})).hasMessage(LOST);
  }

  /** Half of a program may have been done: there is no going back, and the reason stays known. */
  @Test
  void failsForGoodAfterABatchThatFailed() {
    make();
    OperationBatch<Double> failing =
        new OperationBatch<>(
            2,
            List.of(
                s -> {
                  throw new ArithmeticException("half-way");
                }),
            s -> 0.0);
    assertThatThrownBy(() -> slice.execute(failing)).hasMessage("half-way");
    assertThatThrownBy(() -> slice.execute(failing)).hasMessage("half-way");
    assertThatThrownBy(() -> slice.execute(doubled(3))).hasMessage("half-way");
  }
}
