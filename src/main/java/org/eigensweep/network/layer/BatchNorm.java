package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Unary;

/**
 * Batch normalisation in training mode (Ioffe and Szegedy, ICML 2015): y = γ·x̂ + β with x̂ = (x −
 * ⟨x⟩)·s and s = 1/√(⟨(x − ⟨x⟩)²⟩ + ε), where ⟨·⟩ is the mean of a channel over all positions of
 * all examples that pass together. These couple the examples, so which ones pass together is part
 * of the definition of the loss.
 *
 * <p>With P(v) = v − ⟨v⟩ − x̂·⟨x̂·v⟩, which is its own transpose, the tangent of x̂ is s·P(ẋ), that
 * of s is −s²·⟨x̂·ẋ⟩, and the gradient by x is γ·s·P(g).
 *
 * <p>The parameters are DL4J's: γ and β where they are learned, then the running mean and the
 * running variance or its logarithm, which DL4J reads in evaluation mode only. The loss does not
 * depend on these: their rows of the gradient and of all products are zero.
 *
 * @param channels layout of the activations
 * @param epsilon ε
 * @param affine γ and β
 */
public record BatchNorm(Channels channels, double epsilon, Affine affine) implements Layer {
  @Override
  public int parameters() {
    return affine.parameters(channels.count()) + 2 * channels.count();
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public boolean couplesExamples() {
    return true;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  /** The layer's part of a tangent. */
  Matrix part(TangentBlock block, int tangent) {
    return block.part(tangent, 0, parameters(), 1);
  }

  /** The layer at one group of examples. */
  final class Pass implements LayerPass {
    private final Device device;
    private final Scope scope;
    private final Matrix normal;
    private final Matrix output;
    private final Matrix projected;
    private final double share;
    private final Matrix inverse;
    private final Matrix slope;
    private final Matrix correlation;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = input.device();
      this.scope = scope;
      this.share = 1.0 / channels.terms(input.columns());
      this.normal = scope.matrix(input.rows(), input.columns());
      this.output = scope.matrix(input.rows(), input.columns());
      this.projected = scope.matrix(input.rows(), input.columns());
      this.inverse = column(scope);
      this.slope = column(scope);
      this.correlation = column(scope);
      normalize(input);
      Matrix gamma = affine.gamma(theta, channels.count(), scope);
      device.multiply(gamma, inverse, slope);
      channels.scale(1, gamma, normal, 0, output);
      channels.shift(1, affine.beta(theta, channels.count(), scope), output);
    }

    /**
     * A channel's first value is subtracted before its mean. So a constant channel becomes exactly
     * zero, where rounding would decide on which side of the kink a ReLU behind it stands, and
     * means lose no digits to values that are large beside their deviation.
     */
    private void normalize(Matrix input) {
      device.copy(input, normal);
      channels.shift(-1, channels.first(input), normal);
      try (Scope temporary = device.open()) {
        Matrix mean = column(temporary);
        channels.sum(share, normal, mean);
        channels.shift(-1, mean, normal);
      }
      device.fill(epsilon, inverse);
      channels.dot(share, normal, normal, 1, inverse);
      device.map(Unary.RSQRT, inverse, inverse);
      channels.scale(1, inverse, normal, 0, normal);
    }

    /** A number for each channel. */
    Matrix column(Scope owner) {
      return owner.matrix(channels.count(), 1);
    }

    BatchNorm rule() {
      return BatchNorm.this;
    }

    /** Examples in the group. */
    int examples() {
      return output.columns();
    }

    /** What one term has of the mean ⟨·⟩. */
    double share() {
      return share;
    }

    /** x̂, shaped as the output. */
    Matrix normal() {
      return normal;
    }

    /** s of each channel. */
    Matrix inverse() {
      return inverse;
    }

    /** γ·s of each channel. */
    Matrix slope() {
      return slope;
    }

    /** P(g), shaped as the output. */
    Matrix projected() {
      return projected;
    }

    /** ⟨x̂·g⟩ of each channel. */
    Matrix correlation() {
      return correlation;
    }

    /** One tangent's or cotangent's columns of a block. */
    Matrix of(Matrix block, int tangent) {
      return block.columns(tangent * examples(), examples());
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix outputGradient, Matrix gradient) {
      try (Scope temporary = device.open()) {
        Matrix sums = column(temporary);
        channels.sum(1, outputGradient, sums);
        channels.dot(1, normal, outputGradient, 0, correlation);
        affine.add(correlation, sums, gradient);
        device.scale(share, correlation);
        device.copy(outputGradient, projected);
        channels.scale(-1, correlation, normal, 1, projected);
        channels.shift(-share, sums, projected);
      }
    }

    @Override
    public Matrix inputGradient() {
      Matrix gradient = scope.matrix(output.rows(), output.columns());
      channels.scale(1, slope, projected, 0, gradient);
      return gradient;
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {
      for (int j = 0; j < products.count(); j++) {
        affine.addOf(channels, normal, of(outputCotangents, j), part(products, j));
      }
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
      Matrix cotangents = owner.matrix(outputCotangents.rows(), outputCotangents.columns());
      try (Scope temporary = device.open()) {
        Matrix numbers = column(temporary);
        for (int j = 0; j < cotangents.columns() / examples(); j++) {
          Matrix mine = of(outputCotangents, j);
          Matrix result = of(cotangents, j);
          channels.scale(1, slope, mine, 0, result);
          channels.dot(share, normal, mine, 0, numbers);
          device.multiply(slope, numbers, numbers);
          channels.scale(-1, numbers, normal, 1, result);
          channels.sum(share, mine, numbers);
          device.multiply(slope, numbers, numbers);
          channels.shift(-1, numbers, result);
        }
      }
      return cotangents;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope owner) {
      return new BatchNormTangent(this, directions, inputTangents, owner);
    }
  }
}
