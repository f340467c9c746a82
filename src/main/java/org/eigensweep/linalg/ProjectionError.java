package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * How far the projection P̂v of a vector v on a basis is from that on the true space, to first
 * order, in units of ‖v‖.
 *
 * @param inside sizes of the error's coefficients along the k eigenvectors of the space
 * @param outside the norm of the error's part outside the space
 * @param alignment the error of χ = ‖Pv‖/‖v‖
 * @param values the k leading eigenvalues
 * @param edge the first eigenvalue outside the space
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
public record ProjectionError(
    double[] inside, double outside, double alignment, double[] values, double edge) {

  /** What a power step, or none, leaves of an error. */
  interface Left {
    /** The share that is left of what belongs to a pair, counted from 0. */
    double share(int pair);
  }

  /**
   * The error that Ritz vectors leave, with their products at hand. With the residual vectors R of
   * the basis U the true space is that of U + X, column by column X = (Λ − H)⁻¹R (Stewart and Sun,
   * chapter V). Outside the space H is at most the edge, so the inverse is at most 1/(λ_i − edge).
   * That bounds each column; a sum over pairs is an estimate, because columns may cancel. Where v
   * lies in the searched basis but not in the space, along Ritz vectors w_l, the true vector
   * reaches it through their residual vectors r_l, by r_lᵀx_i/(λ_i − θ_l).
   *
   * @param ritz the pairs, with one more than k where the operator has more
   * @param k dimension of the space
   * @param vector v, n × 1
   * @param left the share that is left of X
   */
  static ProjectionError of(RitzPairs ritz, int k, Matrix vector, Left left) {
    Device device = vector.device();
    double[] values = ritz.values(k);
    double length = device.norm(vector);
    int d = ritz.dimension();
    if (d == k || length == 0) {
      return new ProjectionError(new double[k], 0, 0, values, 0);
    }
    double edge = ritz.value(k);
    try (Scope scope = device.open()) {
      Matrix block = scope.matrix(vector.rows(), d);
      ritz.vectors(block);
      double[] shares = products(block, vector, length);
      ritz.defects(block);
      double[] along = products(block.columns(0, k), vector, length);
      double[] couplings = products(block.columns(0, k), block.columns(k, d - k), 1);
      double[] inside = new double[k];
      double[] moves = new double[k];
      for (int i = 0; i < k; i++) {
        if (left.share(i) == 0) {
          continue; // nothing is left, over whatever gap
        }
        double factor = left.share(i) / Math.max(0, ritz.which().lead(values[i], edge));
        double reached = square(along[i]);
        for (int l = k; l < d; l++) {
          double coupling = couplings[i + (l - k) * k] * shares[l];
          reached += coupling == 0 ? 0 : square(coupling / (values[i] - ritz.value(l)));
        }
        inside[i] = reached == 0 ? 0 : factor * Math.sqrt(reached);
        moves[i] = shares[i] == 0 || ritz.residuals()[i] == 0 ? 0 : factor * shares[i];
      }
      double outside = known(device.norm(combine(block.columns(0, k), moves, scope)));
      double alignment = alignment(Arrays.copyOf(shares, k), inside, outside);
      return new ProjectionError(inside, outside, known(alignment), values, edge);
    }
  }

  /** To first order along the space, to second order out of it. */
  private static double alignment(double[] shares, double[] inside, double outside) {
    double chi = norm(shares);
    if (chi == 0) {
      return norm(inside);
    }
    double along = 0;
    for (int i = 0; i < shares.length; i++) {
      along += Math.abs(shares[i]) * inside[i];
    }
    return along / chi + outside * outside / (2 * chi);
  }

  /**
   * The error as it acts on training with an update v: the part along an eigenvector comes back in
   * the next gradient, ηλ times as large, where that is more than itself.
   *
   * @param learningRate η
   */
  public double weighed(double learningRate) {
    double sum = square(Math.max(1, learningRate * edge) * outside);
    for (int i = 0; i < inside.length; i++) {
      sum += square(Math.max(1, learningRate * Math.abs(values[i])) * inside[i]);
    }
    return Math.sqrt(sum);
  }

  /** Where a gap is zero an error has no bound: infinite factors times zeros say nothing. */
  private static double known(double error) {
    return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
  }

  private static double square(double x) {
    return x * x;
  }

  /** aᵀb over a length, column-major. */
  private static double[] products(Matrix a, Matrix b, double length) {
    try (Scope scope = a.device().open()) {
      Matrix product = scope.matrix(a.columns(), b.columns());
      a.device().gemm(YES, NO, 1, a, b, 0, product);
      return Arrays.stream(product.toDoubles()).map(x -> x / length).toArray();
    }
  }

  private static Matrix combine(Matrix block, double[] weights, Scope owner) {
    Matrix coefficients = owner.matrix(weights.length, 1);
    coefficients.write(weights);
    Matrix sum = owner.matrix(block.rows(), 1);
    block.device().gemm(NO, NO, 1, block, coefficients, 0, sum);
    return sum;
  }

  static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
  }
}
