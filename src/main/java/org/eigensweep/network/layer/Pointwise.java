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
      Matrix gradient = blank();
      device.multiply(slope, outputGradient, gradient);
      return gradient;
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {}

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope scope) {
      int examples = output.columns();
      Matrix cotangents = scope.matrix(outputCotangents.rows(), outputCotangents.columns());
      for (int from = 0; from < outputCotangents.columns(); from += examples) {
        Matrix mine = cotangents.columns(from, examples);
        device.multiply(slope, outputCotangents.columns(from, examples), mine);
      }
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
      return new Tangent(this, inputTangents, scope);
    }
  }

  private static final class Tangent implements LayerTangent {
    private final Pass pass;
    private final Device device;
    private final Scope scope;
    private final Matrix inputTangents;
    private final Matrix output;
    private Matrix outputGradientTangents;

    Tangent(Pass pass, Matrix inputTangents, Scope scope) {
      this.pass = pass;
      this.device = pass.device;
      this.scope = scope;
      this.inputTangents = inputTangents;
      this.output = scope.matrix(inputTangents.rows(), inputTangents.columns());
      eachTangent((from, count) -> multiply(pass.slope, inputTangents, output, from, count));
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientTangents, TangentBlock products) {
      outputGradientTangents = gradientTangents;
    }

    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = pass.inputCotangents(outputGradientTangents, scope);
      if (pass.sigma.shape() == Nonlinearity.Shape.CURVED) {
        addBends(tangents);
      }
      return tangents;
    }

    private void addBends(Matrix tangents) {
      try (Scope temporary = device.open()) {
        Matrix bent = temporary.matrix(pass.output.rows(), pass.output.columns());
        eachTangent(
            (from, count) -> {
              device.multiply(pass.bend(), inputTangents.columns(from, count), bent);
              device.axpy(1, bent, tangents.columns(from, count));
            });
      }
    }

    private void multiply(Matrix factor, Matrix in, Matrix out, int from, int count) {
      device.multiply(factor, in.columns(from, count), out.columns(from, count));
    }

    private interface Columns {
      void accept(int from, int count);
    }

    private void eachTangent(Columns action) {
      int examples = pass.output.columns();
      for (int from = 0; from < inputTangents.columns(); from += examples) {
        action.accept(from, examples);
      }
    }
  }
}
