package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Brings the basis U of a leading eigenspace that has moved a little up to date for the projection
 * of one vector v, with two products instead of one a pair.
 *
 * <p>To first order the space is that of U + X with X = (Λ − H)⁻¹(I − UUᵀ)HU, the inverse taken
 * outside U. Of X, the projection of v needs two things alone. One is Xᵀr with r the direction of v
 * outside U: how the basis tilts towards v, which is of first order in ‖Pv‖. The Rayleigh–Ritz
 * vectors of [U, r] hold it; the matrix there takes Hr, and Λ for UᵀHU. The other is Xp with p the
 * direction of UUᵀv: where the projected vector itself moves to, which is of first order in Pv and
 * of second in ‖Pv‖, with the opposite sign. It is s = (I − UUᵀ)HUΛ⁻¹Uᵀp, the term of the series
 * for (Λ − H)⁻¹ that a power step takes too, so what it leaves is smaller by λ_{k+1}/λ_k.
 *
 * @param outside ρ = rᵀHr; above λ_k where v has a part in a direction that belongs to the space
 *     and is not in it
 * @param chi ‖Pv‖/‖v‖ before the correction
 * @param tilted how much the tilt towards v changed it
 * @param moved how much the move of Pv changed it
 * @param swing ‖s‖, the tangent of the angle by which p moved out of the basis
 * @param room dimensions outside the basis, n − k
 * @param tilts what the tilt added to Pv along each of the k vectors, over ‖v‖, to first order:
 *     u_iᵀHr/(λ_i − ρ), times the share of v along r
 * @param shares the components of p, the direction of Pv, along each of them
 * @param aged how far UᵀHU is from Λ, relative to Λ, where p meets it
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record DirectedCorrection(
    double outside,
    double chi,
    double tilted,
    double moved,
    double swing,
    int room,
    double[] tilts,
    double[] shares,
    double aged) {
  /** Operator-vector products that a correction takes. */
  static final int PRODUCTS = 2;

  /**
   * Corrects a basis.
   *
   * @param operator H as it is now
   * @param space U, with the eigenvalues Λ as they were last known, none of them zero
   * @param vector v, n × 1, not zero
   * @param corrected n × k, overwritten with an orthonormal basis
   * @param orthonormalizer fills r where v lies inside U
   */
  static DirectedCorrection of(
      LinearOperator operator,
      Eigenspace space,
      Matrix vector,
      Matrix corrected,
      Orthonormalizer orthonormalizer) {
    Device device = operator.device();
    int n = operator.size();
    int k = corrected.columns();
    try (Scope scope = device.open()) {
      Matrix enlarged = scope.matrix(n, k + 1);
      Matrix basis = enlarged.columns(0, k);
      Matrix outside = enlarged.column(k);
      device.copy(space.vectors(), basis);
      device.copy(vector, outside);
      orthonormalizer.orthonormalize(outside, basis);
      Matrix start = scope.matrix(n, 2);
      Matrix images = scope.matrix(n, 2);
      device.copy(outside, start.column(0));
      double before = share(basis, vector);
      double[] shares = direction(basis, vector);
      double[] inverse = Arrays.stream(space.values()).map(value -> 1 / value).toArray();
      combine(basis, scaled(inverse, shares), start.column(1));
      operator.apply(start, images);

      double[] last = transposedTimes(enlarged, images.column(0));
      DenseEigen ritz = ritz(space.values(), last);
      Matrix coefficients = scope.matrix(k + 1, k);
      coefficients.write(Arrays.copyOf(ritz.vectors(), (k + 1) * k));
      device.gemm(NO, NO, 1, enlarged, coefficients, 0, corrected);
      double tilted = share(corrected, vector);
      double part = device.dot(outside, vector) / device.norm(vector);
      double[] tilts = new double[k];
      Arrays.setAll(tilts, i -> part * last[i] / (space.values()[i] - last[k]));

      Matrix move = images.column(1);
      double aged = distance(transposedTimes(basis, move), shares);
      Orthonormalizer.project(move, enlarged);
      double swing = device.norm(move);
      Matrix inside = scope.matrix(k, 1);
      inside.write(direction(corrected, vector));
      device.gemm(NO, YES, 1, move, inside, 1, corrected);
      orthonormalizer.orthonormalize(corrected);
      double moved = share(corrected, vector);
      return new DirectedCorrection(
          last[k], before, tilted - before, moved - tilted, swing, n - k, tilts, shares, aged);
    }
  }

  /** How far Pv moved out of the basis, over ‖v‖. */
  double turned() {
    return (chi + tilted) * swing;
  }

  /**
   * What a correction leaves out along a vector of the basis to second order, over ‖v‖. To second
   * order Pv loses U·XᵀXp, of which only the part along p is known. Where the columns of X are
   * about as long as Xp and point anywhere in the room outside, the rest is as large as this.
   */
  double mixed(int pair) {
    double part = shares[pair] * shares[pair];
    return turned() * swing * Math.sqrt(Math.max(0, (1 - part) * (part + 1.0 / room)));
  }

  /** Spectrum of [U, r]ᵀH[U, r] with Λ in place of UᵀHU. */
  private static DenseEigen ritz(double[] values, double[] last) {
    int d = last.length;
    double[] projected = new double[d * d];
    for (int i = 0; i < d - 1; i++) {
      projected[i + i * d] = values[i];
      projected[i + (d - 1) * d] = last[i];
      projected[d - 1 + i * d] = last[i];
    }
    projected[d * d - 1] = last[d - 1];
    return DenseEigen.of(projected, d, Which.LARGEST);
  }

  /** χ, the share ‖UUᵀv‖/‖v‖. */
  private static double share(Matrix basis, Matrix vector) {
    return ProjectionError.norm(transposedTimes(basis, vector)) / vector.device().norm(vector);
  }

  /** Uᵀv/‖Uᵀv‖; zero where v lies outside U. */
  private static double[] direction(Matrix basis, Matrix vector) {
    double[] inside = transposedTimes(basis, vector);
    double norm = ProjectionError.norm(inside);
    return norm == 0 ? inside : Arrays.stream(inside).map(x -> x / norm).toArray();
  }

  private static double distance(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return ProjectionError.norm(difference);
  }

  private static double[] scaled(double[] factors, double[] values) {
    double[] scaled = new double[factors.length];
    Arrays.setAll(scaled, i -> factors[i] * values[i]);
    return scaled;
  }

  private static double[] transposedTimes(Matrix basis, Matrix vector) {
    try (Scope scope = basis.device().open()) {
      Matrix product = scope.matrix(basis.columns(), 1);
      basis.device().gemm(YES, NO, 1, basis, vector, 0, product);
      return product.toDoubles();
    }
  }

  private static void combine(Matrix basis, double[] weights, Matrix out) {
    try (Scope scope = basis.device().open()) {
      Matrix coefficients = scope.matrix(weights.length, 1);
      coefficients.write(weights);
      basis.device().gemm(NO, NO, 1, basis, coefficients, 0, out);
    }
  }
}
