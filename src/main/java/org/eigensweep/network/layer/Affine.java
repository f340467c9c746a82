package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * What follows a normalisation: γ·x̂ + β, one γ and one β a channel, each a column. Where they are
 * parameters, they are the first of the layer's, all γ before all β.
 */
public sealed interface Affine {
  /** Parameters for so many channels. */
  int parameters(int channels);

  /**
   * γ.
   *
   * @param theta the layer's parameters
   * @param scope owner of the column where it is no part of them
   */
  Matrix gamma(Matrix theta, int channels, Scope scope);

  /** β, likewise. */
  Matrix beta(Matrix theta, int channels, Scope scope);

  /** γ's tangent, where {@code direction} is that of the layer's parameters. */
  Matrix gammaTangent(Matrix direction, int channels, Scope scope);

  /** β's tangent, likewise. */
  Matrix betaTangent(Matrix direction, int channels, Scope scope);

  /** Adds derivatives by γ and by β to the layer's part of a sum. */
  void add(Matrix byGamma, Matrix byBeta, Matrix sums);

  /**
   * Adds the derivatives that go with a gradient by the output: Σ x̂·g by γ, and Σ g by β.
   *
   * @param normal x̂
   * @param upstream g, shaped as x̂
   * @param sums the layer's part
   */
  default void addOf(Channels channels, Matrix normal, Matrix upstream, Matrix sums) {
    try (Scope temporary = normal.device().open()) {
      Matrix byGamma = temporary.matrix(channels.count(), 1);
      Matrix byBeta = temporary.matrix(channels.count(), 1);
      channels.dot(1, normal, upstream, 0, byGamma);
      channels.sum(1, upstream, byBeta);
      add(byGamma, byBeta, sums);
    }
  }

  /** Parameters to be learned. */
  record Learned() implements Affine {
    @Override
    public int parameters(int channels) {
      return 2 * channels;
    }

    @Override
    public Matrix gamma(Matrix theta, int channels, Scope scope) {
      return theta.view(0, channels, 1);
    }

    @Override
    public Matrix beta(Matrix theta, int channels, Scope scope) {
      return theta.view(channels, channels, 1);
    }

    @Override
    public Matrix gammaTangent(Matrix direction, int channels, Scope scope) {
      return gamma(direction, channels, scope);
    }

    @Override
    public Matrix betaTangent(Matrix direction, int channels, Scope scope) {
      return beta(direction, channels, scope);
    }

    @Override
    public void add(Matrix byGamma, Matrix byBeta, Matrix sums) {
      int channels = byGamma.rows();
      sums.device().axpy(1, byGamma, sums.view(0, channels, 1));
      sums.device().axpy(1, byBeta, sums.view(channels, channels, 1));
    }
  }

  /**
   * Numbers that are given, the same for all channels.
   *
   * @param gamma γ
   * @param beta β
   */
  record Fixed(double gamma, double beta) implements Affine {
    @Override
    public int parameters(int channels) {
      return 0;
    }

    @Override
    public Matrix gamma(Matrix theta, int channels, Scope scope) {
      return filled(gamma, channels, scope);
    }

    @Override
    public Matrix beta(Matrix theta, int channels, Scope scope) {
      return filled(beta, channels, scope);
    }

    @Override
    public Matrix gammaTangent(Matrix direction, int channels, Scope scope) {
      return scope.zeros(channels, 1);
    }

    @Override
    public Matrix betaTangent(Matrix direction, int channels, Scope scope) {
      return scope.zeros(channels, 1);
    }

    private static Matrix filled(double value, int channels, Scope scope) {
      Matrix column = scope.matrix(channels, 1);
      column.device().fill(value, column);
      return column;
    }

    @Override
    public void add(Matrix byGamma, Matrix byBeta, Matrix sums) {
      // nothing is learned
    }
  }
}
