package org.eigensweep.network.layer;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

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

    double variance(double kept) {
      return this == VARIANCE ? kept : Math.pow(10, 2 * kept);
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
    private final Scope scope;
    private final Matrix normal;
    private final Matrix output;
    private final double[] inverse;
    private final double[] slope;
    private Matrix upstream;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.scope = scope;
      int first = affine.parameters(channels.count());
      double[] mean = theta.view(first, channels.count(), 1).toDoubles();
      double[] kept = theta.view(first + channels.count(), channels.count(), 1).toDoubles();
      this.inverse = channels.each(c -> 1 / Math.sqrt(scale.variance(kept[c]) + epsilon));
      this.normal = scope.matrix(input.rows(), input.columns());
      this.output = scope.matrix(input.rows(), input.columns());
      channels.scale(inverse, input, normal);
      channels.shift(channels.each(c -> -mean[c] * inverse[c]), normal);
      double[] gamma = affine.gamma(theta, channels);
      this.slope = channels.each(c -> gamma[c] * inverse[c]);
      channels.scale(gamma, normal, output);
      channels.shift(affine.beta(theta, channels), output);
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
      affine.add(channels.dots(normal, outputGradient), channels.sums(outputGradient), gradient);
    }

    @Override
    public Matrix inputGradient() {
      Matrix gradient = scope.matrix(output.rows(), output.columns());
      channels.scale(slope, upstream, gradient);
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
      channels.scale(slope, outputCotangents, cotangents);
      return cotangents;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope owner) {
      return new Tangent(this, directions, inputTangents, owner);
    }
  }

  /** Tangents on their way; the names are those of the pass. */
  private final class Tangent implements LayerTangent {
    private final Pass pass;
    private final Matrix inputs;
    private final Scope owner;
    private final Matrix output;
    private final List<double[]> gammas = new ArrayList<>();
    private Matrix upstreams;

    Tangent(Pass pass, TangentBlock directions, Matrix inputs, Scope owner) {
      this.pass = pass;
      this.inputs = inputs;
      this.owner = owner;
      this.output = owner.matrix(pass.output.rows(), pass.output.columns() * directions.count());
      for (int j = 0; j < directions.count(); j++) {
        Matrix direction = part(directions, j);
        double[] gamma = affine.gammaTangent(direction, channels);
        gammas.add(gamma);
        Matrix out = pass.of(output, j);
        channels.scale(gamma, pass.normal, out);
        if (inputs != null) {
          channels.addScaled(pass.slope, pass.of(inputs, j), out);
        }
        channels.shift(affine.betaTangent(direction, channels), out);
      }
    }

    @Override
    public Matrix output() {
      return output;
    }

    /** The tangent of Σ g·x̂ is Σ ġ·x̂ + s·Σ g·ẋ. */
    @Override
    public void backward(Matrix gradientTangents, TangentBlock products) {
      upstreams = gradientTangents;
      for (int j = 0; j < gammas.size(); j++) {
        Matrix mine = pass.of(gradientTangents, j);
        double[] dots = channels.dots(pass.normal, mine);
        double[] moved =
            inputs == null
                ? channels.each(c -> 0)
                : channels.dots(pass.upstream, pass.of(inputs, j));
        affine.add(
            channels.each(c -> dots[c] + pass.inverse[c] * moved[c]),
            channels.sums(mine),
            part(products, j));
      }
    }

    /** The tangent of γ·s·g is γ̇·s·g + γ·s·ġ. */
    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = owner.matrix(output.rows(), output.columns());
      for (int j = 0; j < gammas.size(); j++) {
        double[] gamma = gammas.get(j);
        Matrix mine = pass.of(tangents, j);
        channels.scale(channels.each(c -> gamma[c] * pass.inverse[c]), pass.upstream, mine);
        channels.addScaled(pass.slope, pass.of(upstreams, j), mine);
      }
      return tangents;
    }
  }
}
