package org.eigensweep.array;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

/**
 * Convolutions as products with patches: what a window sees at each position is a column, and one
 * product serves all positions of some images. Patches are many times as large as the images, so
 * they are made for a few images at a time, used for all weights, and forgotten.
 */
final class HostConvolution {
  private final Device device;
  private final Window window;

  HostConvolution(Device device, Window window) {
    this.device = device;
    this.window = window;
  }

  /** See {@link Device#convolve}. */
  void convolve(Nd4jMatrix images, Blocks weights, double beta, Matrix out) {
    try (Scope scope = device.open()) {
      Matrix turned = byPlace(weights, scope);
      eachGroup(
          images.columns(),
          (from, count, temporary) -> {
            Nd4jMatrix patches = blank(count, temporary);
            HostImages.spread(window, columns(images, from, count), patches);
            for (int i = 0; i < weights.count(); i++) {
              Matrix result = outputs(out, i * images.columns() + from, count, weights);
              device.gemm(YES, NO, 1, one(turned, i, weights), patches, beta, result);
            }
          });
    }
  }

  /** See {@link Device#convolveBack}. */
  void back(Nd4jMatrix upstream, Blocks weights, double beta, Nd4jMatrix images) {
    try (Scope scope = device.open()) {
      Matrix turned = byPlace(weights, scope);
      if (beta != 1) {
        clear(beta, images);
      }
      eachGroup(
          upstream.columns(),
          (from, count, temporary) -> {
            Nd4jMatrix patches = blank(count, temporary);
            Matrix given = outputs(upstream, from, count, weights);
            for (int i = 0; i < weights.count(); i++) {
              device.gemm(NO, NO, 1, one(turned, i, weights), given, 0, patches);
              int to = i * upstream.columns() + from;
              HostImages.gather(window, patches, columns(images, to, count));
            }
          });
    }
  }

  private void clear(double beta, Matrix images) {
    if (beta == 0) {
      device.fill(0, images);
    } else {
      device.scale(beta, images);
    }
  }

  /** See {@link Device#addConvolveWeights}. */
  void addWeights(Nd4jMatrix images, Matrix upstream, Blocks weights) {
    int examples = Math.min(images.columns(), upstream.columns());
    try (Scope scope = device.open()) {
      Matrix sums = scope.zeros(weights.rows(), weights.columns() * weights.count());
      eachGroup(
          examples,
          (from, count, temporary) -> {
            Nd4jMatrix patches = blank(count, temporary);
            for (int i = 0; i < weights.count(); i++) {
              if (i == 0 || images.columns() > examples) {
                int at = images.columns() > examples ? i * examples + from : from;
                HostImages.spread(window, columns(images, at, count), patches);
              }
              int at = upstream.columns() > examples ? i * examples + from : from;
              Matrix given = outputs(upstream, at, count, weights);
              device.gemm(NO, YES, 1, patches, given, 1, one(sums, i, weights));
            }
          });
      addByChannel((Nd4jMatrix) sums, weights);
    }
  }

  private interface Group {
    void accept(int from, int count, Scope temporary);
  }

  private void eachGroup(int examples, Group action) {
    long bytes = (long) window.positions() * window.patchSize() * device.precision().bytes();
    int together = (int) Math.max(1, device.sizes().group() / bytes);
    for (int from = 0; from < examples; from += together) {
      try (Scope temporary = device.open()) {
        action.accept(from, Math.min(together, examples - from), temporary);
      }
    }
  }

  private Nd4jMatrix blank(int count, Scope scope) {
    return (Nd4jMatrix) scope.matrix(window.patchSize(), window.positions() * count);
  }

  private static Nd4jMatrix columns(Matrix matrix, int from, int count) {
    return (Nd4jMatrix) matrix.columns(from, count);
  }

  /** The outputs of some examples with a column a position. */
  private Matrix outputs(Matrix matrix, int from, int count, Blocks weights) {
    long first = (long) from * matrix.rows();
    return matrix.view(first, weights.columns(), window.positions() * count);
  }

  private static Matrix one(Matrix turned, int index, Blocks weights) {
    return turned.columns(index * weights.columns(), weights.columns());
  }

  /** The weights in the order (row, column, channel of the window), the W_i side by side. */
  private Matrix byPlace(Blocks weights, Scope scope) {
    Nd4jMatrix turned =
        (Nd4jMatrix) scope.matrix(weights.rows(), weights.columns() * weights.count());
    HostValues given = values(weights);
    HostValues made = values(weights);
    for (int i = 0; i < weights.count(); i++) {
      ((Nd4jMatrix) weights.block(i)).read(0, given, given.size());
      eachWeight(weights, (channel, place) -> made.copy(given, channel, place, 1));
      turned.write(i * (long) made.size(), made, made.size());
    }
    return turned;
  }

  private void addByChannel(Nd4jMatrix sums, Blocks weights) {
    HostValues made = values(weights);
    HostValues known = values(weights);
    for (int i = 0; i < weights.count(); i++) {
      Nd4jMatrix block = (Nd4jMatrix) weights.block(i);
      sums.read(i * (long) made.size(), made, made.size());
      block.read(0, known, known.size());
      eachWeight(weights, (channel, place) -> known.add(made, place, channel, 1));
      block.write(0, known, known.size());
    }
  }

  private HostValues values(Blocks weights) {
    return HostValues.of(device.precision(), weights.rows() * weights.columns());
  }

  private interface WeightAction {
    /** Where a weight stands in the two orders. */
    void accept(int byChannel, int byPlace);
  }

  private void eachWeight(Blocks weights, WeightAction action) {
    int places = window.rows() * window.columns();
    for (int output = 0; output < weights.columns(); output++) {
      int first = output * weights.rows();
      for (int channel = 0; channel < window.channels(); channel++) {
        for (int place = 0; place < places; place++) {
          action.accept(
              first + channel * places + place, first + place * window.channels() + channel);
        }
      }
    }
  }
}
