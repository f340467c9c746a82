package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Forecasts a leading eigenspace at a point from the spaces at the latest {@value #REMEMBERED}
 * points. Where a Hessian is followed along large steps, its space jitters with the parameters'
 * oscillation in the space itself: to first order it is a linear function of where they are there.
 * So the affine combination of earlier points that comes nearest to the present one, in those
 * coordinates, is taken of the earlier bases too.
 *
 * <p>The weights are 1/m + d, with the d of ridge regression, so that noise in the bases is not
 * magnified: with no similarity at all the forecast is the mean basis, which is itself nearer than
 * the last one where the space jitters about a mean. Bases are aligned before they are added, by
 * the orthogonal factor nearest to their overlap (Schönemann, Psychometrika 31, 1966).
 */
final class BasisForecast implements AutoCloseable {
  /** Spaces that a forecast rests on; each takes the storage of a basis and a point. */
  static final int REMEMBERED = 8;

  /**
   * Weight of the ridge, relative to the mean square of the coordinates: bases are followed to a
   * few per cent of what they jitter.
   */
  private static final double RIDGE = 0.01;

  /**
   * Squared cosine of the angle to the latest space, 15 degrees, beyond which a forecast is an
   * extrapolation that nothing supports: the points went elsewhere, or the space has jumped.
   */
  private static final double NEAR = 0.933;

  private record Seen(Scope scope, Matrix point, Matrix basis) {}

  private final Device device;
  private final Deque<Seen> seen = new ArrayDeque<>();

  BasisForecast(Device device) {
    this.device = device;
  }

  /**
   * Remembers the space at a point, in place of the oldest.
   *
   * @param point n × 1, copied
   * @param basis n × k, orthonormal, copied
   */
  void remember(Matrix point, Matrix basis) {
    if (seen.size() == REMEMBERED) {
      seen.removeFirst().scope().close();
    }
    Scope scope = device.open();
    Matrix at = scope.matrix(point.rows(), 1);
    Matrix space = scope.matrix(basis.rows(), basis.columns());
    device.copy(point, at);
    device.copy(basis, space);
    seen.addLast(new Seen(scope, at, space));
  }

  /** What is remembered, the oldest first. */
  List<SpaceAt> state(MatrixKeeper keeper) {
    return seen.stream()
        .map(it -> new SpaceAt(keeper.keep(it.point()), keeper.keep(it.basis())))
        .toList();
  }

  /** Remembers what another forecast did; this one must not remember anything yet. */
  void restore(List<SpaceAt> spaces) {
    for (SpaceAt it : spaces) {
      Scope scope = device.open();
      seen.addLast(new Seen(scope, scope.copyOf(it.point()), scope.copyOf(it.basis())));
    }
  }

  /** Whether enough is remembered for a forecast. */
  boolean ready() {
    return seen.size() == REMEMBERED;
  }

  /**
   * Forecasts the space at a point; where that would lie far from the latest space, it is the
   * latest one.
   *
   * @param point n × 1
   * @param out n × k with at most the remembered columns, overwritten; its span is the forecast of
   *     that of the first k columns, its columns are not orthonormal
   */
  void at(Matrix point, Matrix out) {
    List<Seen> known = new ArrayList<>(seen);
    int k = out.columns();
    Matrix latest = seen.getLast().basis().columns(0, k);
    double[] weights = weights(known, point, latest);
    if (!Arrays.stream(weights).allMatch(Double::isFinite)) {
      device.copy(latest, out); // the point is farther off than numbers reach
      return;
    }
    double kept = 0;
    for (int i = 0; i < weights.length; i++) {
      Matrix basis = known.get(i).basis().columns(0, k);
      RealMatrix turn = alignment(basis, latest).scalarMultiply(weights[i]);
      try (Scope scope = device.open()) {
        Matrix coefficients = scope.matrix(turn.getRowDimension(), turn.getColumnDimension());
        coefficients.write(columnMajor(turn));
        device.gemm(NO, NO, 1, basis, coefficients, kept, out);
      }
      kept = 1;
    }
    if (!isNear(out, latest)) {
      device.copy(latest, out);
    }
  }

  /**
   * Whether each vector in a span has a squared cosine above {@link #NEAR} to an orthonormal basis.
   */
  private static boolean isNear(Matrix span, Matrix basis) {
    RealMatrix inside = overlap(basis, span);
    RealMatrix above =
        inside.transposeMultiply(inside).subtract(overlap(span, span).scalarMultiply(NEAR));
    return DenseEigen.of(columnMajor(above), span.columns(), Which.LARGEST).smallest() > 0;
  }

  /**
   * Weights with sum 1 for which the weighted points are nearest to the point, by its coordinates.
   */
  private double[] weights(List<Seen> known, Matrix point, Matrix axes) {
    int m = known.size();
    RealMatrix coordinates = MatrixUtils.createRealMatrix(axes.columns(), m);
    for (int i = 0; i < m; i++) {
      coordinates.setColumn(i, coordinates(axes, known.get(i).point()));
    }
    RealVector mean = coordinates.operate(new ArrayRealVector(m, 1.0 / m));
    RealVector target = new ArrayRealVector(coordinates(axes, point)).subtract(mean);
    for (int i = 0; i < m; i++) {
      coordinates.setColumnVector(i, coordinates.getColumnVector(i).subtract(mean));
    }
    // By a power of two near their size, which rounds nothing: the squares of small numbers vanish.
    double unit = Math.scalb(1.0, -Math.getExponent(largest(coordinates)));
    coordinates = coordinates.scalarMultiply(unit);
    target = target.mapMultiply(unit);
    RealMatrix gram = coordinates.transposeMultiply(coordinates);
    double ridge = RIDGE * gram.getTrace() / m;
    if (ridge == 0) {
      // one point all along: nothing jitters, and the latest space is the best
      double[] latest = new double[m];
      latest[m - 1] = 1;
      return latest;
    }
    RealMatrix regularized =
        gram.add(MatrixUtils.createRealIdentityMatrix(m).scalarMultiply(ridge));
    RealVector shares =
        new CholeskyDecomposition(regularized.scalarMultiply(1 / ridge))
            .getSolver()
            .solve(coordinates.transpose().operate(target).mapMultiply(1 / ridge));
    double all = Arrays.stream(shares.toArray()).sum();
    return shares.mapAdd((1 - all) / m).toArray();
  }

  private static double largest(RealMatrix matrix) {
    return Arrays.stream(matrix.getData())
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  private static double[] coordinates(Matrix axes, Matrix point) {
    return overlap(axes, point).getColumn(0);
  }

  /** The orthogonal Q for which a·Q is nearest to b. */
  private static RealMatrix alignment(Matrix a, Matrix b) {
    SingularValueDecomposition svd = new SingularValueDecomposition(overlap(a, b));
    return svd.getU().multiply(svd.getVT());
  }

  /** aᵀb. */
  private static RealMatrix overlap(Matrix a, Matrix b) {
    try (Scope scope = a.device().open()) {
      Matrix product = scope.matrix(a.columns(), b.columns());
      a.device().gemm(YES, NO, 1, a, b, 0, product);
      double[] values = product.toDoubles();
      RealMatrix overlap = MatrixUtils.createRealMatrix(a.columns(), b.columns());
      for (int i = 0; i < values.length; i++) {
        overlap.setEntry(i % a.columns(), i / a.columns(), values[i]);
      }
      return overlap;
    }
  }

  private static double[] columnMajor(RealMatrix matrix) {
    int rows = matrix.getRowDimension();
    double[] values = new double[rows * matrix.getColumnDimension()];
    Arrays.setAll(values, i -> matrix.getEntry(i % rows, i / rows));
    return values;
  }

  @Override
  public void close() {
    seen.forEach(space -> space.scope().close());
    seen.clear();
  }
}
