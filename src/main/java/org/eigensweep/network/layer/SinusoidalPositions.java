package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Adds to each position p a fixed code of it, sin(p·10000^(−2i/width)) to value 2i and the cosine
 * of the same to value 2i + 1 (Vaswani et al., Attention Is All You Need, 2017, section 3.5).
 *
 * @param width values of a position
 * @param length positions of an example, counted from 0
 */
public record SinusoidalPositions(int width, int length) implements Layer {
  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    Device device = input.device();
    Matrix output = scope.matrix(input.rows(), input.columns());
    try (Scope temporary = device.open()) {
      Matrix codes = temporary.copyOf(codes());
      device.spreadEach(1, shared(codes), 0, shared(output));
    }
    device.axpy(1, input, output);
    return new IdentityPass(scope, output);
  }

  private HostMatrix codes() {
    double[] codes = new double[width * length];
    for (int i = 0; i < width; i++) {
      double frequency = Math.pow(10_000, -(i - i % 2) / (double) width);
      for (int p = 0; p < length; p++) {
        codes[p * width + i] = i % 2 == 0 ? Math.sin(p * frequency) : Math.cos(p * frequency);
      }
    }
    return new HostMatrix.Doubles(width * length, 1, codes);
  }
}
