package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spaces that depend on a point, and on which the point's part in the space depends linearly. */
class BasisForecastTest {
  private static final int N = 60;
  private static final int K = 3;
  private static final double JITTER = 0.1;

  private final Random random = new Random(5);
  private final RealMatrix orthogonal = SymmetricMatrix.orthogonal(N, 9);
  private final RealMatrix center = columns(orthogonal, 0, K);
  private final RealMatrix[] slopes = new RealMatrix[K];
  private Device device;
  private Scope scope;
  private BasisForecast forecast;

  @BeforeEach
  void open() {
    device = Devices.processor().open(Precision.FLOAT64, 1);
    scope = device.open();
    forecast = new BasisForecast(device);
    RealMatrix outside = columns(orthogonal, K, N - K);
    for (int j = 0; j < K; j++) {
      RealMatrix slope = normal(N - K, K);
      slopes[j] = outside.multiply(slope.scalarMultiply(JITTER / slope.getFrobeniusNorm()));
    }
  }

  @AfterEach
  void close() {
    forecast.close();
    scope.close();
    device.close();
  }

  private static RealMatrix columns(RealMatrix matrix, int first, int count) {
    return matrix.getSubMatrix(0, matrix.getRowDimension() - 1, first, first + count - 1);
  }

  private RealMatrix normal(int rows, int columns) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(rows, columns);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.setEntry(i, j, random.nextGaussian());
      }
    }
    return matrix;
  }

  /** The space at a point with these coordinates in the middle space. */
  private RealMatrix space(RealVector coordinates) {
    RealMatrix basis = center;
    for (int j = 0; j < K; j++) {
      basis = basis.add(slopes[j].scalarMultiply(coordinates.getEntry(j)));
    }
    return columns(new QRDecomposition(basis).getQ(), 0, K);
  }

  private RealVector coordinates() {
    return normal(K, 1).getColumnVector(0);
  }

  /** A point whose part outside the space is large and means nothing. */
  private Matrix point(RealVector coordinates) {
    RealVector away = columns(orthogonal, K, N - K).operate(normal(N - K, 1).getColumnVector(0));
    return column(center.operate(coordinates).add(away));
  }

  private Matrix column(RealVector vector) {
    Matrix matrix = scope.matrix(vector.getDimension(), 1);
    matrix.write(vector.toArray());
    return matrix;
  }

  private Matrix device(RealMatrix values) {
    Matrix matrix = scope.matrix(values.getRowDimension(), values.getColumnDimension());
    for (int j = 0; j < values.getColumnDimension(); j++) {
      matrix.column(j).write(values.getColumn(j));
    }
    return matrix;
  }

  /** The sine of the largest angle between the span of a block and an orthonormal basis. */
  private static double angle(Matrix block, RealMatrix exact) {
    RealMatrix q =
        columns(
            new QRDecomposition(SymmetricMatrix.real(block.toDoubles(), N)).getQ(),
            0,
            block.columns());
    RealMatrix missed = exact.subtract(q.multiply(q.transposeMultiply(exact)));
    return new SingularValueDecomposition(missed).getNorm();
  }

  private Matrix forecastAt(Matrix point, int columns) {
    Matrix out = scope.matrix(N, columns);
    out.write(new SplittableRandom(1).doubles(out.size(), -1, 1).toArray());
    forecast.at(point, out);
    return out;
  }

  /**
   * Where the space is a linear function of the point's part in it, a forecast leaves a small part
   * of what the latest or the mean space is off: the ridge's share and what is of second order.
   * Every basis is turned in itself at random, which must not matter.
   */
  @Test
  void followsASpaceThatDependsOnThePoint() {
    double forecasts = 0;
    double latest = 0;
    double mean = 0;
    for (int t = 0; t < 60; t++) {
      RealVector here = coordinates();
      RealMatrix exact = space(here);
      if (t >= BasisForecast.REMEMBERED) {
        forecasts += angle(forecastAt(point(here), K), exact);
        mean += angle(device(center), exact);
        latest += angle(device(space(coordinates())), exact);
      }
      RealMatrix turned = exact.multiply(SymmetricMatrix.orthogonal(K, t));
      forecast.remember(point(here), device(turned));
    }
    assertThat(forecasts).isLessThan(0.4 * latest).isLessThan(0.6 * mean);
  }

  @Test
  void isReadyAfterEightSpaces() {
    for (int t = 0; t < BasisForecast.REMEMBERED; t++) {
      assertThat(forecast.ready()).isFalse();
      forecast.remember(point(coordinates()), device(center));
    }
    assertThat(forecast.ready()).isTrue();
  }

  /** Points that do not differ say nothing: what is left is the latest of the spaces. */
  @Test
  void isTheLatestSpaceWherePointsSayNothing() {
    Matrix same = point(new ArrayRealVector(K));
    RealMatrix latest = null;
    for (int t = 0; t < BasisForecast.REMEMBERED; t++) {
      latest = space(coordinates().mapMultiply(0.01));
      forecast.remember(same, device(latest));
    }
    // rounding of aligned bases
    assertThat(angle(forecastAt(same, K), latest)).isLessThan(1e-7);
  }

  /** The first columns alone: their span is forecast from theirs. */
  @Test
  void forecastsTheFirstColumns() {
    Matrix same = point(new ArrayRealVector(K));
    for (int t = 0; t < BasisForecast.REMEMBERED; t++) {
      forecast.remember(same, device(center));
    }
    assertThat(angle(forecastAt(same, 2), columns(center, 0, 2))).isLessThan(1e-14);
  }

  @Test
  void keepsWhatItRemembersWhenTheCallersMatricesChange() {
    for (int t = 0; t < BasisForecast.REMEMBERED; t++) {
      Matrix basis = device(center);
      forecast.remember(point(coordinates()), basis);
      device.scale(0, basis);
    }
    assertThat(angle(forecastAt(point(coordinates()), K), center)).isLessThan(1e-14);
  }
}
