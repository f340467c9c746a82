package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The layer a = σ(z) of each element. With g = ∂L/∂a, ∂L/∂z = σ′⊙g, whose tangent is σ′⊙ġ + σ″⊙g⊙ż;
 * a piecewise linear σ skips the second term.
 *
 * @param sigma σ
 */
public record Pointwise(Nonlinearity sigma) implements Layer {
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
    return new Pass(sigma, input, scope);
  }

  private static final class Pass implements LayerPass {
    private final Nonlinearity sigma;
    private final Device device;
    private final Scope scope;
    private final Matrix input;
    private final Matrix output;
    private final Matrix slope;
    private final Matrix bend;
    private Matrix outputGradient;
    private boolean bent;

    Pass(Nonlinearity sigma, Matrix input, Scope scope) {
      this.sigma = sigma;
      this.device = input.device();
      this.scope = scope;
      this.input = input;
      this.output = blank();
      this.slope = blank();
      this.bend = sigma.shape() == Nonlinearity.Shape.CURVED ? blank() : null;
      sigma.apply(input, output);
    }

    private Matrix blank() {
      return scope.matrix(input.rows(), input.columns());
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientOfOutput, Matrix gradient) {
      outputGradient = gradientOfOutput;
      sigma.slope(input, output, slope);
    }

    @Override
    public Matrix inputGradient() {
      return inputCotangents(outputGradient, scope);
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {}

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope scope) {
      Matrix cotangents = scope.matrix(outputCotangents.rows(), outputCotangents.columns());
      device.multiply(outputCotangents, slope, cotangents);
      return cotangents;
    }

    /**
     * σ″⊙∂L/∂a, computed when the first tangents ask for it, since a gradient alone does not need
     * it; its room is taken at once, so that what a pass holds does not grow later.
     */
    private Matrix bend() {
      if (!bent) {
        sigma.bend(input, output, slope, bend);
        device.multiply(bend, outputGradient, bend);
        bent = true;
      }
      return bend;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope scope) {
      return new Tangent(this, directions.count(), inputTangents, scope);
    }
  }

  private static final class Tangent extends TangentPass {
    private final Pass pass;
    private final Matrix inputTangents;

    Tangent(Pass pass, int count, Matrix inputTangents, Scope scope) {
      super(pass, count, scope);
      this.pass = pass;
      this.inputTangents = inputTangents;
      device.multiply(inputTangents, pass.slope, output());
    }

    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = super.inputGradientTangents();
      if (pass.sigma.shape() == Nonlinearity.Shape.CURVED) {
        device.multiply(1, inputTangents, pass.bend(), 1, tangents);
      }
      return tangents;
    }
  }
}
