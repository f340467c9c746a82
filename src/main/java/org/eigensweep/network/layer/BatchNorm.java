package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

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
    private final Scope scope;
    private final Matrix normal;
    private final Matrix output;
    private final Matrix projected;
    private final double terms;
    private final double[] inverse;
    private final double[] slope;
    private double[] correlation;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.scope = scope;
      this.terms = (double) channels.positions() * input.columns();
      this.normal = scope.matrix(input.rows(), input.columns());
      this.output = scope.matrix(input.rows(), input.columns());
      this.projected = scope.matrix(input.rows(), input.columns());
      double[] sums = channels.sums(input);
      input.device().copy(input, normal);
      channels.shift(channels.each(c -> -sums[c] / terms), normal);
      double[] squares = channels.dots(normal, normal);
      this.inverse = channels.each(c -> 1 / Math.sqrt(squares[c] / terms + epsilon));
      channels.scale(inverse, normal, normal);
      double[] gamma = affine.gamma(theta, channels);
      this.slope = channels.each(c -> gamma[c] * inverse[c]);
      channels.scale(gamma, normal, output);
      channels.shift(affine.beta(theta, channels), output);
    }

    BatchNorm rule() {
      return BatchNorm.this;
    }

    /** Examples in the group. */
    int examples() {
      return output.columns();
    }

    /** Terms of the mean ⟨·⟩. */
    double terms() {
      return terms;
    }

    /** x̂, shaped as the output. */
    Matrix normal() {
      return normal;
    }

    /** s of each channel. */
    double[] inverse() {
      return inverse;
    }

    /** γ·s of each channel. */
    double[] slope() {
      return slope;
    }

    /** P(g), shaped as the output. */
    Matrix projected() {
      return projected;
    }

    /** ⟨x̂·g⟩ of each channel. */
    double[] correlation() {
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
      double[] sums = channels.sums(outputGradient);
      double[] dots = channels.dots(normal, outputGradient);
      affine.add(dots, sums, gradient);
      correlation = channels.each(c -> dots[c] / terms);
      output.device().copy(outputGradient, projected);
      channels.addScaled(channels.each(c -> -correlation[c]), normal, projected);
      channels.shift(channels.each(c -> -sums[c] / terms), projected);
    }

    @Override
    public Matrix inputGradient() {
      Matrix gradient = scope.matrix(output.rows(), output.columns());
      channels.scale(slope, projected, gradient);
      return gradient;
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {
      for (int j = 0; j < products.count(); j++) {
        Matrix mine = of(outputCotangents, j);
        affine.add(channels.dots(normal, mine), channels.sums(mine), part(products, j));
      }
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
      Matrix cotangents = owner.matrix(outputCotangents.rows(), outputCotangents.columns());
      for (int j = 0; j < cotangents.columns() / examples(); j++) {
        Matrix mine = of(outputCotangents, j);
        Matrix result = of(cotangents, j);
        double[] sums = channels.sums(mine);
        double[] dots = channels.dots(normal, mine);
        channels.scale(slope, mine, result);
        channels.addScaled(channels.each(c -> -slope[c] * dots[c] / terms), normal, result);
        channels.shift(channels.each(c -> -slope[c] * sums[c] / terms), result);
      }
      return cotangents;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope owner) {
      return new BatchNormTangent(this, directions, inputTangents, owner);
    }
  }
}
