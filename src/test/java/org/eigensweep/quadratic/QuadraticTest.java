package org.eigensweep.quadratic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The loss, its derivatives and its examples, against sums that are written out here. */
class QuadraticTest {
  private static final double EPS = 0x1p-52;

  private static List<Double> all(int n, double value) {
    return Collections.nCopies(n, value);
  }

  static Stream<Quadratic> quadratics() {
    return Stream.of(
        toy(),
        Quadratic.of(List.of(3.0), Basis.AXES, 1, 0, all(1, 0), 0),
        Quadratic.of(List.of(3.0), Basis.RANDOM, 5, 0, all(1, 2), 1),
        Quadratic.of(List.of(-2.0, 5.0, 0.0, 5.0), Basis.AXES, 6, -3, all(4, 0.5), 2),
        Quadratic.of(
            List.of(-2.0, 5.0, 0.0, 5.0), Basis.RANDOM, 6, 7, List.of(1.0, 0.0, 2.0, 3.0), 3),
        Quadratic.of(all(7, 0), Basis.RANDOM, 4, 0, all(7, 1), 4));
  }

  private static Quadratic toy() {
    return Quadratic.of(List.of(1000.0, 1.0), Basis.AXES, 2, 100, all(2, 0), 0);
  }

  /** Column j of Q. */
  private static double vector(Quadratic quadratic, int i, int j) {
    int n = quadratic.parameters();
    return quadratic.vectors() == null ? (i == j ? 1 : 0) : quadratic.vectors().values()[j * n + i];
  }

  /** The Hessian of the mean over some examples, row after row. */
  private static double[][] hessian(Quadratic quadratic, double strength) {
    int n = quadratic.parameters();
    double[][] h = new double[n][n];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        for (int j = 0; j < n; j++) {
          double lambda = quadratic.eigenvalues().values()[j];
          h[a][b] += lambda * vector(quadratic, a, j) * vector(quadratic, b, j);
        }
        if (strength != 0) {
          h[a][b] += strength * vector(quadratic, a, 0) * vector(quadratic, b, 1);
          h[a][b] += strength * vector(quadratic, a, 1) * vector(quadratic, b, 0);
        }
      }
    }
    return h;
  }

  /** The shift of an example's gradient, in parameter space. */
  private static double[] shift(Quadratic quadratic, int example) {
    int n = quadratic.parameters();
    double[] shift = new double[n];
    if (quadratic.noise().shifts() != null) {
      for (int a = 0; a < n; a++) {
        for (int j = 0; j < n; j++) {
          shift[a] +=
              vector(quadratic, a, j) * quadratic.noise().shifts().values()[example * n + j];
        }
      }
    }
    return shift;
  }

  private static double[] times(double[][] h, double[] x) {
    return Stream.of(h)
        .mapToDouble(row -> IntStream.range(0, x.length).mapToDouble(b -> row[b] * x[b]).sum())
        .toArray();
  }

  private static double dot(double[] x, double[] y) {
    return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
  }

  private static double[] gaussian(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  /** Sums of at most 10 products of numbers below 1e4 in size. */
  private static final double ROUNDING = 1e6 * EPS;

  @ParameterizedTest
  @MethodSource("quadratics")
  void hasTheLossGradientAndHessianOfItsDefinition(Quadratic quadratic) {
    int n = quadratic.parameters();
    double[] at = gaussian(n, 8);
    double[] direction = gaussian(n, 9);
    double[][] h = hessian(quadratic, 0);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective = quadratic.open(device);
        Scope scope = device.open()) {
      Matrix theta = scope.matrix(n, 1);
      theta.write(at);
      Matrix block = scope.matrix(n, 2);
      block.column(0).write(direction);
      block.column(1).write(at);
      Matrix product = scope.matrix(n, 2);
      try (Linearization here = objective.linearize(theta)) {
        Evaluation evaluation = here.evaluation();
        assertThat(evaluation.loss()).isCloseTo(dot(at, times(h, at)) / 2, within(ROUNDING));
        assertThat(evaluation.accuracy()).isNaN();
        assertThat(objective.evaluate(theta).loss()).isEqualTo(evaluation.loss());
        assertThat(here.gradient().toDoubles()).containsExactly(times(h, at), within(ROUNDING));
        here.hessianProduct(block, product);
      }
      assertThat(product.column(0).toDoubles())
          .containsExactly(times(h, direction), within(ROUNDING));
      assertThat(product.column(1).toDoubles()).containsExactly(times(h, at), within(ROUNDING));
    }
  }

  @ParameterizedTest
  @MethodSource("quadratics")
  void examplesHaveTheirOwnLossesAndGradients(Quadratic quadratic) {
    int n = quadratic.parameters();
    double[] at = gaussian(n, 8);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective = quadratic.open(device);
        Scope scope = device.open()) {
      Matrix theta = scope.matrix(n, 1);
      theta.write(at);
      Matrix gradient = scope.matrix(n, 1);
      for (int e = 0; e < quadratic.examples(); e++) {
        double sign = e % 2 == 0 ? 1 : -1;
        double[][] h = hessian(quadratic, sign * quadratic.noise().coupling());
        double[] shift = shift(quadratic, e);
        double loss = objective.minibatchGradient(theta, new int[] {e}, gradient);
        assertThat(loss).isCloseTo(dot(at, times(h, at)) / 2 + dot(shift, at), within(ROUNDING));
        double[] expected = times(h, at);
        for (int a = 0; a < n; a++) {
          expected[a] += shift[a];
        }
        assertThat(gradient.toDoubles()).containsExactly(expected, within(ROUNDING));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("quadratics")
  void theMeanOverAllExamplesIsTheLossItself(Quadratic quadratic) {
    int n = quadratic.parameters();
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective = quadratic.open(device);
        Scope scope = device.open();
        Scope there = device.open()) {
      Matrix theta = scope.matrix(n, 1);
      theta.write(gaussian(n, 8));
      Matrix gradient = there.matrix(n, 1);
      int[] all = IntStream.range(0, quadratic.examples()).toArray();
      double loss = objective.minibatchGradient(theta, all, gradient);
      try (Linearization here = objective.linearize(theta)) {
        assertThat(loss).isCloseTo(here.evaluation().loss(), within(ROUNDING));
        assertThat(gradient.toDoubles())
            .containsExactly(here.gradient().toDoubles(), within(ROUNDING));
      }
    }
  }

  /** An example may come twice in a batch that is drawn with replacement. */
  @Test
  void aBatchCountsAnExampleAsOftenAsItComes() {
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective = toy().open(device);
        Scope scope = device.open()) {
      Matrix theta = scope.matrix(2, 1);
      theta.write(new double[] {2, 3});
      Matrix gradient = scope.matrix(2, 1);
      double loss = objective.minibatchGradient(theta, new int[] {0, 0, 1, 0}, gradient);
      // three of +100xy, one of -100xy: a mean of +50xy
      assertThat(loss).isEqualTo(0.5 * (1000 * 4 + 9) + 50 * 6);
      assertThat(gradient.toDoubles()).containsExactly(1000 * 2 + 50 * 3, 3 + 50 * 2);
    }
  }

  @Test
  void theGaussNewtonMatrixIsTheHessianWhereThatIsASquare() {
    Quadratic flat = Quadratic.of(List.of(2.0, 0.0), Basis.AXES, 2, 100, all(2, 0), 0);
    Quadratic saddle = Quadratic.of(List.of(2.0, -0.5), Basis.AXES, 2, 0, all(2, 0), 0);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective square = flat.open(device);
        Objective none = saddle.open(device);
        Scope scope = device.open()) {
      Matrix theta = scope.matrix(2, 1);
      theta.write(new double[] {2, 3});
      Matrix product = scope.matrix(2, 1);
      try (Linearization here = square.linearize(theta)) {
        here.gaussNewtonProduct(theta, product);
        assertThat(product.toDoubles()).containsExactly(4, 0);
      }
      try (Linearization here = none.linearize(theta)) {
        assertThatThrownBy(() -> here.gaussNewtonProduct(theta, product))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessage(
                "the Gauss-Newton matrix of a quadratic with the eigenvalue -0.5, expected none"
                    + " below 0: it is no square of anything");
      }
    }
  }

  /** Of N Gaussian numbers the deviation has a standard error of its 1/√(2N)-th part. */
  @Test
  void noiseHasTheDeviationsThatWereAskedFor() {
    int examples = 20_000;
    Quadratic noisy = Quadratic.of(all(3, 1), Basis.RANDOM, examples, 0, List.of(0.5, 0.0, 2.0), 6);
    double[] squares = new double[3];
    double[] sums = new double[3];
    double cross = 0;
    for (int e = 0; e < examples; e++) {
      double[] n = new double[3];
      System.arraycopy(noisy.noise().shifts().values(), 3 * e, n, 0, 3);
      for (int i = 0; i < 3; i++) {
        squares[i] += n[i] * n[i] / examples;
        sums[i] += n[i];
      }
      cross += n[0] * n[2] / examples;
    }
    double fourErrors = 4 / Math.sqrt(2.0 * examples);
    assertThat(Math.sqrt(squares[0])).isCloseTo(0.5, within(0.5 * fourErrors));
    assertThat(squares[1]).isZero();
    assertThat(Math.sqrt(squares[2])).isCloseTo(2, within(2 * fourErrors));
    assertThat(cross).isCloseTo(0, within(4 * 0.5 * 2 / Math.sqrt(examples)));
    // a sum of N numbers of some size, each rounded when the mean is taken from it
    assertThat(sums).containsExactly(new double[3], within(100 * examples * EPS));
  }

  @ParameterizedTest
  @MethodSource("quadratics")
  void aPointHasTheCoordinatesThatItWasGiven(Quadratic quadratic) {
    int n = quadratic.parameters();
    List<Double> z = IntStream.range(0, n).mapToObj(i -> 1.0 + i).toList();
    double[] theta = quadratic.point(z).toDoubles();
    for (int j = 0; j < n; j++) {
      double found = 0;
      for (int i = 0; i < n; i++) {
        found += vector(quadratic, i, j) * theta[i];
      }
      assertThat(found).isCloseTo(z.get(j), within(ROUNDING));
    }
  }

  @Test
  void aSeedNamesOneQuadratic() {
    Quadratic first = Quadratic.of(all(5, 1), Basis.RANDOM, 4, 0, all(5, 1), 7);
    Quadratic again = Quadratic.of(all(5, 1), Basis.RANDOM, 4, 0, all(5, 1), 7);
    Quadratic other = Quadratic.of(all(5, 1), Basis.RANDOM, 4, 0, all(5, 1), 8);
    assertThat(again.vectors().values()).isEqualTo(first.vectors().values());
    assertThat(again.noise().shifts().values()).isEqualTo(first.noise().shifts().values());
    assertThat(other.vectors().values()).isNotEqualTo(first.vectors().values());
    assertThat(other.noise().shifts().values()).isNotEqualTo(first.noise().shifts().values());
  }
}
