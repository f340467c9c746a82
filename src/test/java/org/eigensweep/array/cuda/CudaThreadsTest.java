package org.eigensweep.array.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Transpose;
import org.junit.jupiter.api.Test;

/** Devices that share a card, threads that share a device, when one waits, and its end. */
class CudaThreadsTest {
  @Test
  void servesWhicheverThreadAsks() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Device device = FakeCard.open(Precision.FLOAT64);
        Scope scope = device.open()) {
      Matrix x = scope.matrix(300, 1);
      device.fill(2, x);
      double dot = CompletableFuture.supplyAsync(() -> device.dot(x, x), other).get();
      assertThat(dot).isEqualTo(1200);
    } finally {
      other.shutdown();
    }
  }

  @Test
  void sharesACardAmongDevices() {
    try (Device one = FakeCard.open(Precision.FLOAT32);
        Scope first = one.open()) {
      Matrix x = first.zeros(3, 1);
      try (Device two = FakeCard.open(Precision.FLOAT64);
          Scope second = two.open()) {
        Matrix y = second.zeros(3, 1);
        one.fill(1, x);
        two.fill(2, y);
        assertThat(y.toDoubles()).containsOnly(2);
        assertThatThrownBy(() -> two.axpy(1, y, x))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a matrix of another device");
      }
      assertThat(x.toDoubles()).containsOnly(1);
    }
  }

  @Test
  void closesOverMatricesThatAreOpen() {
    CudaDevice device = FakeCard.open(Precision.FLOAT32);
    Scope scope = device.open();
    Matrix x = scope.zeros(3, 1);
    device.close();
    device.close();
    assertThatThrownBy(x::toHost)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a device was used after it had closed");
    scope.close();
    assertThat(device.bytes()).isZero();
  }

  @Test
  void waitsForNumbersAlone() {
    try (Device device = FakeCard.open(Precision.FLOAT32);
        Scope scope = device.open()) {
      FakeCard.waits();
      Matrix x = scope.matrix(4, 4);
      Matrix y = scope.matrix(4, 4);
      x.write(new float[16]);
      device.gatherColumns(x, new int[] {3, 2, 1, 0}, y);
      device.gemm(Transpose.NO, Transpose.NO, 1, x, y, 0, scope.matrix(4, 4));
      device.sumEach(1, Blocks.shared(x), 0, Blocks.shared(scope.matrix(4, 1)));
      device.softmax(x, y);
      assertThat(FakeCard.waits()).isZero();
      device.dots(x, y);
      assertThat(FakeCard.waits()).isEqualTo(1);
      y.toHost();
      assertThat(FakeCard.waits()).isEqualTo(1);
    }
  }

  /** Longer than all of the memory that copies pass through. */
  @Test
  void copiesManyPieces() {
    try (Device device = FakeCard.open(Precision.FLOAT32);
        Scope scope = device.open()) {
      double[] numbers = new double[3_000_001];
      Arrays.setAll(numbers, i -> i);
      Matrix x = scope.matrix(numbers.length, 1);
      x.write(numbers);
      assertThat(x.toDoubles()).isEqualTo(numbers);
      int[] backwards = new int[numbers.length];
      Arrays.setAll(backwards, i -> numbers.length - 1 - i);
      Matrix y = scope.matrix(1, numbers.length);
      device.gatherColumns(x.view(0, 1, numbers.length), backwards, y);
      double[] turned = y.toDoubles();
      assertThat(turned[0]).isEqualTo(numbers.length - 1);
      assertThat(turned[numbers.length - 1]).isZero();
      assertThat(turned[1_234_567]).isEqualTo(numbers.length - 1 - 1_234_567);
    }
  }

  /** A report of a bad choice is made once, and the device goes on. */
  @Test
  void goesOnAfterABadChoice() {
    try (Device device = FakeCard.open(Precision.FLOAT64);
        Scope scope = device.open()) {
      Matrix from = scope.zeros(4, 1);
      Matrix rows = scope.matrix(2, 1);
      Matrix to = scope.matrix(2, 1);
      rows.write(new double[] {1, Double.NaN});
      device.gatherEach(from, rows, to);
      assertThatThrownBy(() -> device.dot(from, from))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("row -1 was chosen from a 4 x 1 matrix");
      assertThat(device.dot(from, from)).isZero();
      rows.write(new double[] {1, 2});
      device.gatherEach(from, rows, to);
      assertThat(to.toDoubles()).containsOnly(0);
    }
  }
}
