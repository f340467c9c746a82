package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

import org.eigensweep.array.Matrix;

/**
 * Activations by channel: an example is one column, place after place, of each all channels; a
 * plain vector has as many channels as values and one place. What there is once a channel is a
 * column.
 *
 * @param count number of channels
 * @param positions values of one channel in one example
 */
public record Channels(int count, int positions) {
  /** Values of an example. */
  int values() {
    return Math.multiplyExact(count, positions);
  }

  /** Places of so many examples: the terms of a mean over a channel. */
  int terms(int examples) {
    return Math.multiplyExact(positions, examples);
  }

  /** Each place of each example as a column. */
  Matrix places(Matrix x) {
    return x.view(0, count, terms(x.columns()));
  }

  /** What each channel has at the first place of the first example. */
  Matrix first(Matrix x) {
    return x.view(0, count, 1);
  }

  /** sums ← α·Σ x over places and examples. */
  void sum(double alpha, Matrix x, Matrix sums) {
    x.device().sumEach(alpha, shared(places(x)), 0, shared(sums));
  }

  /** sums ← α·Σ x⊙y over places and examples + β·sums. */
  void dot(double alpha, Matrix x, Matrix y, double beta, Matrix sums) {
    x.device().sumProducts(alpha, places(x), places(y), beta, sums);
  }

  /** out ← α·f_c·x + β·out in every channel c. */
  void scale(double alpha, Matrix factors, Matrix x, double beta, Matrix out) {
    x.device().multiply(alpha, places(x), factors, beta, places(out));
  }

  /** x ← x + α·f_c in every channel c. */
  void shift(double alpha, Matrix amounts, Matrix x) {
    x.device().spreadEach(alpha, shared(amounts), 1, shared(places(x)));
  }
}
