package org.eigensweep.network;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Unary;

/** The layer a = tanh(z), with a' = 1 − a² and a'' = −2a·a'. */
record Tanh() implements Layer {
  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(input, scope);
  }

  private static final class Pass implements LayerPass {
    private final Device device;
    private final Scope scope;
    private final Matrix output;
    private final Matrix slope;
    private Matrix outputGradient;
    private Matrix bend;

    Pass(Matrix input, Scope scope) {
      this.device = input.device();
      this.scope = scope;
      this.output = scope.matrix(input.rows(), input.columns());
      this.slope = scope.matrix(input.rows(), input.columns());
      device.map(Unary.TANH, input, output);
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientOfOutput, Matrix gradient) {
      outputGradient = gradientOfOutput;
      try (Scope temporary = device.open()) {
        Matrix square = temporary.matrix(output.rows(), output.columns());
        device.multiply(output, output, square);
        device.fill(1, slope);
        device.axpy(-1, square, slope);
      }
    }

    @Override
    public Matrix inputGradient() {
      Matrix gradient = scope.matrix(output.rows(), output.columns());
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

    /** a''⊙∂L/∂a, made when the first tangents ask for it: a gradient alone does not need it. */
    private Matrix bend() {
      if (bend == null) {
        bend = scope.matrix(output.rows(), output.columns());
        device.multiply(output, slope, bend);
        device.multiply(bend, outputGradient, bend);
        device.scale(-2, bend);
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
      Matrix tangents = scope.matrix(output.rows(), output.columns());
      try (Scope temporary = device.open()) {
        Matrix bent = temporary.matrix(pass.output.rows(), pass.output.columns());
        eachTangent(
            (from, count) -> {
              multiply(pass.slope, outputGradientTangents, tangents, from, count);
              device.multiply(pass.bend(), inputTangents.columns(from, count), bent);
              device.axpy(1, bent, tangents.columns(from, count));
            });
      }
      return tangents;
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
