package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * What follows a normalisation: γ·x̂ + β, one γ and one β a channel. Where they are parameters,
 * they are the first of the layer's, all γ before all β.
 */
public sealed interface Affine {
  /** Parameters for so many channels. */
  int parameters(int channels);

  /** γ where {@code theta} holds the layer's parameters. */
  double[] gamma(Matrix theta, Channels channels);

  /** β there. */
  double[] beta(Matrix theta, Channels channels);

  /** γ's tangent where {@code direction} holds that of the layer's parameters. */
  double[] gammaTangent(Matrix direction, Channels channels);

  /** β's tangent there. */
  double[] betaTangent(Matrix direction, Channels channels);

  /** Adds derivatives by γ and by β to the layer's part of a sum. */
  void add(double[] byGamma, double[] byBeta, Matrix sums);

  /** Parameters to be learned. */
  record Learned() implements Affine {
    @Override
    public int parameters(int channels) {
      return 2 * channels;
    }

    @Override
    public double[] gamma(Matrix theta, Channels channels) {
      return theta.view(0, channels.count(), 1).toDoubles();
    }

    @Override
    public double[] beta(Matrix theta, Channels channels) {
      return theta.view(channels.count(), channels.count(), 1).toDoubles();
    }

    @Override
    public double[] gammaTangent(Matrix direction, Channels channels) {
      return gamma(direction, channels);
    }

    @Override
    public double[] betaTangent(Matrix direction, Channels channels) {
      return beta(direction, channels);
    }

    @Override
    public void add(double[] byGamma, double[] byBeta, Matrix sums) {
      int channels = byGamma.length;
      try (Scope temporary = sums.device().open()) {
        Matrix more = temporary.matrix(channels, 2);
        more.column(0).write(byGamma);
        more.column(1).write(byBeta);
        sums.device().axpy(1, more, sums.view(0, channels, 2));
      }
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
    public double[] gamma(Matrix theta, Channels channels) {
      return channels.each(c -> gamma);
    }

    @Override
    public double[] beta(Matrix theta, Channels channels) {
      return channels.each(c -> beta);
    }

    @Override
    public double[] gammaTangent(Matrix direction, Channels channels) {
      return channels.each(c -> 0);
    }

    @Override
    public double[] betaTangent(Matrix direction, Channels channels) {
      return channels.each(c -> 0);
    }

    @Override
    public void add(double[] byGamma, double[] byBeta, Matrix sums) {
      // nothing is learned
    }
  }
}
