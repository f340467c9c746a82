package org.eigensweep.network.layer;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Unary;

/**
 * Batch normalisation in evaluation mode: y = γ·x̂ + β with x̂ = (x − μ)·s and s = 1/√(σ² + ε),
 * where μ and σ² are the running statistics of training. The examples do not depend on each other.
 *
 * <p>The parameters are those of {@link BatchNorm}. The running statistics are constants: their
 * rows of the gradient and of all products are zero, as they are in DL4J.
 *
 * @param channels layout of the activations
 * @param epsilon ε
 * @param affine γ and β
 * @param scale what stands for σ among the parameters
 */
public record RunningNorm(Channels channels, double epsilon, Affine affine, Scale scale)
    implements Layer {
  /** How DL4J keeps the running variance. */
  public enum Scale {
    /** σ². */
    VARIANCE,
    /** log₁₀ σ. */
    LOGARITHM;

    /** σ² of each channel in place of what is kept. */
    void toVariances(Matrix kept) {
      if (this == LOGARITHM) {
        kept.device().scale(2 * Math.log(10), kept);
        kept.device().map(Unary.EXP, kept, kept);
      }
    }
  }

  @Override
  public int parameters() {
    return affine.parameters(channels.count()) + 2 * channels.count();
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  private Matrix part(TangentBlock block, int tangent) {
    return block.part(tangent, 0, parameters(), 1);
  }

  /** The layer at some examples. */
  private final class Pass implements LayerPass {
    private final Device device;
    private final Scope scope;
    private final Matrix normal;
    private final Matrix output;
    private final Matrix inverse;
    private final Matrix slope;
    private Matrix upstream;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = input.device();
      this.scope = scope;
      int count = channels.count();
      this.normal = scope.matrix(input.rows(), input.columns());
      this.output = scope.matrix(input.rows(), input.columns());
      this.inverse = column(scope);
      this.slope = column(scope);
      int first = affine.parameters(count);
      device.copy(input, normal);
      channels.shift(-1, theta.view(first, count, 1), normal);
      readInverse(theta.view(first + count, count, 1));
      channels.scale(1, inverse, normal, 0, normal);
      Matrix gamma = affine.gamma(theta, count, scope);
      device.multiply(gamma, inverse, slope);
      channels.scale(1, gamma, normal, 0, output);
      channels.shift(1, affine.beta(theta, count, scope), output);
    }

    private void readInverse(Matrix kept) {
      try (Scope temporary = device.open()) {
        Matrix variance = column(temporary);
        device.copy(kept, variance);
        scale.toVariances(variance);
        device.fill(epsilon, inverse);
        device.axpy(1, variance, inverse);
        device.map(Unary.RSQRT, inverse, inverse);
      }
    }

    private Matrix column(Scope owner) {
      return owner.matrix(channels.count(), 1);
    }

    private Matrix of(Matrix block, int tangent) {
      return block.columns(tangent * output.columns(), output.columns());
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix outputGradient, Matrix gradient) {
      upstream = outputGradient;
      addParameterCotangents(outputGradient, new TangentBlock(gradient, 0));
    }

    @Override
    public Matrix inputGradient() {
      return inputCotangents(upstream, scope);
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
      channels.scale(1, slope, outputCotangents, 0, cotangents);
      return cotangents;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope owner) {
      return new Tangent(this, directions, inputTangents, owner);
    }
  }

  /** Tangents on their way; the names are those of the pass. */
  private final class Tangent extends TangentPass {
    private final Pass pass;
    private final Matrix inputs;
    private final List<Matrix> gammas = new ArrayList<>();

    Tangent(Pass pass, TangentBlock directions, Matrix inputs, Scope owner) {
      super(pass, directions.count(), owner);
      this.pass = pass;
      this.inputs = inputs;
      for (int j = 0; j < directions.count(); j++) {
        Matrix direction = part(directions, j);
        gammas.add(affine.gammaTangent(direction, channels.count(), owner));
        Matrix out = columns(output(), j);
        channels.scale(1, gammas.get(j), pass.normal, 0, out);
        if (inputs != null) {
          channels.scale(1, pass.slope, columns(inputs, j), 1, out);
        }
        channels.shift(1, affine.betaTangent(direction, channels.count(), owner), out);
      }
    }

    /** The tangent of Σ g·x̂ is Σ ġ·x̂ + s·Σ g·ẋ. */
    @Override
    void addMovedGradients(TangentBlock products) {
      if (inputs == null) {
        return;
      }
      try (Scope temporary = device.open()) {
        Matrix moved = pass.column(temporary);
        Matrix none = temporary.zeros(channels.count(), 1);
        for (int j = 0; j < products.count(); j++) {
          channels.dot(1, pass.upstream, columns(inputs, j), 0, moved);
          device.multiply(pass.inverse, moved, moved);
          affine.add(moved, none, part(products, j));
        }
      }
    }

    /** The tangent of γ·s·g is γ·s·ġ + γ̇·s·g. */
    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = super.inputGradientTangents();
      try (Scope temporary = device.open()) {
        Matrix turn = pass.column(temporary);
        for (int j = 0; j < gammas.size(); j++) {
          device.multiply(gammas.get(j), pass.inverse, turn);
          channels.scale(1, turn, pass.upstream, 1, columns(tangents, j));
        }
      }
      return tangents;
    }
  }
}
