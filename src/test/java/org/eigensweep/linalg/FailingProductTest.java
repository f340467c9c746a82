package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever product of a method fails: there is no result, and nothing stays behind on the device.
 */
class FailingProductTest {
  private static final int N = 90;
  private static final SolverSettings SETTINGS = new SolverSettings(3, 1e-6, Which.LARGEST, 400);

  private final Device device = Devices.processor().open(Precision.FLOAT64, 1);

  @AfterEach
  void close() {
    device.close();
  }

  private record Method(String name, Consumer<LinearOperator> body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Method> methods() {
    return Stream.of(
        new Method(
            "cold solve",
            operator -> {
              try (Scope scope = operator.device().open()) {
                new ThickRestartLanczos(SETTINGS, new SplittableRandom(1)).solve(operator, scope);
              }
            }),
        new Method(
            "trace by its diagonal",
            operator -> HutchPlusPlus.estimate(operator, N, new SplittableRandom(2))),
        new Method(
            "trace by a sketch",
            operator -> HutchPlusPlus.estimate(operator, 60, new SplittableRandom(2))),
        new Method(
            "trace by probes",
            operator -> HutchPlusPlus.estimate(operator, 20, new SplittableRandom(2))),
        new Method(
            "density",
            operator -> StochasticLanczos.density(operator, 9, 2, new SplittableRandom(3))),
        new Method(
            "solve in a block",
            operator -> {
              try (Scope scope = operator.device().open()) {
                new ThickRestartLanczos(SETTINGS, new SplittableRandom(1))
                    .solve(new RestrictedOperator(operator, new IndexRange(0, N)), scope);
              }
            }),
        new Method("correction", FailingProductTest::correct));
  }

  /** A basis of three axes is brought up to date for a vector. */
  private static void correct(LinearOperator operator) {
    try (Scope scope = operator.device().open()) {
      Matrix basis = scope.zeros(N, 3);
      for (int i = 0; i < 3; i++) {
        basis.view((long) i * N + i, 1, 1).write(new double[] {1});
      }
      Matrix vector = scope.matrix(N, 1);
      vector.write(IntStream.range(0, N).mapToDouble(i -> 1.0 / (i + 1)).toArray());
      Eigenspace space =
          new Eigenspace(basis, new double[] {9, 8, 7}, new double[3], 0, Stop.CONVERGED);
      DirectedCorrection.of(
          operator,
          space,
          vector,
          scope.matrix(N, 3),
          new Orthonormalizer(new SplittableRandom(4)));
    }
  }

  static Stream<Arguments> cases() {
    return methods()
        .flatMap(
            method ->
                Stream.of(FailingOperator.Failure.values())
                    .map(failure -> Arguments.of(method, failure)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesNeitherAResultNorStorage(Method method, FailingOperator.Failure failure) {
    try (Scope scope = device.open()) {
      LinearOperator operator = operator(scope);
      long before = InUse.bytes(device);
      FailingOperator counting = new FailingOperator(operator, 0, failure);
      method.body().accept(counting);
      assertThat(InUse.bytes(device)).isEqualTo(before);
      assertThat(counting.calls()).isPositive();
      for (int n = 1; n <= counting.calls(); n++) {
        FailingOperator failing = new FailingOperator(operator, n, failure);
        assertThatThrownBy(() -> method.body().accept(failing))
            .as("product %d of %d", n, counting.calls())
            .isInstanceOf(NotFiniteException.class);
        assertThat(InUse.bytes(device))
            .as("after product %d of %d", n, counting.calls())
            .isEqualTo(before);
      }
    }
  }

  private static LinearOperator operator(Scope scope) {
    double[] values = IntStream.range(0, N).mapToDouble(i -> 10.0 / (i + 1) - 1).toArray();
    return new DiagonalOperator(values, scope);
  }
}
