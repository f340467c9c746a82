package org.eigensweep.network.layer;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * A fully connected layer z = Wᵀx + b, of an example or of each of its positions. Its parameters
 * are DL4J's: W as inputs × outputs, column-major, then b, where there are biases.
 *
 * @param inputs fan-in
 * @param outputs number of units
 * @param bias whether there is a b
 */
public record Dense(int inputs, int outputs, Bias bias) implements Layer {
  /** A layer with biases. */
  public Dense(int inputs, int outputs) {
    this(inputs, outputs, Bias.LEARNED);
  }

  @Override
  public int parameters() {
    return weights() + biases();
  }

  @Override
  public int rows(int features) {
    return inputs;
  }

  @Override
  public int outputs(int features) {
    return features / inputs * outputs;
  }

  private int weights() {
    return inputs * outputs;
  }

  private int biases() {
    return isBiased() ? outputs : 0;
  }

  private boolean isBiased() {
    return bias == Bias.LEARNED;
  }

  /** What the product with W is added to: b in every column, or nothing. */
  private int addend() {
    return isBiased() ? 1 : 0;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  private final class Pass implements LayerPass {
    private final Device device;
    private final Scope scope;
    private final Matrix weights;
    private final Matrix input;
    private final Matrix output;
    private final Matrix ones;
    private Matrix outputGradient;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = theta.device();
      this.scope = scope;
      this.weights = theta.view(0, inputs, outputs);
      this.input = input;
      this.ones = device.ones(input.columns());
      this.output = scope.matrix(outputs, input.columns());
      if (isBiased()) {
        device.gemm(NO, YES, 1, theta.view(weights(), outputs, 1), ones, 0, output);
      }
      device.gemm(YES, NO, 1, weights, input, addend(), output);
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientOfOutput, Matrix gradient) {
      outputGradient = gradientOfOutput;
      device.gemm(NO, YES, 1, input, outputGradient, 1, gradient.view(0, inputs, outputs));
      if (isBiased()) {
        device.gemm(NO, NO, 1, outputGradient, ones, 1, gradient.view(weights(), outputs, 1));
      }
    }

    @Override
    public Matrix inputGradient() {
      Matrix gradient = scope.matrix(inputs, input.columns());
      device.gemm(NO, NO, 1, weights, outputGradient, 0, gradient);
      return gradient;
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {
      for (int j = 0; j < products.count(); j++) {
        Matrix mine = outputCotangents.columns(j * input.columns(), input.columns());
        device.gemm(NO, YES, 1, input, mine, 1, products.part(j, 0, inputs, outputs));
        if (isBiased()) {
          device.gemm(NO, NO, 1, mine, ones, 1, products.part(j, weights(), outputs, 1));
        }
      }
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope scope) {
      Matrix cotangents = scope.matrix(inputs, outputCotangents.columns());
      device.gemm(NO, NO, 1, weights, outputCotangents, 0, cotangents);
      return cotangents;
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope scope) {
      return new Tangent(this, directions, inputTangents, scope);
    }
  }

  private final class Tangent implements LayerTangent {
    private final Pass pass;
    private final Device device;
    private final Scope scope;
    private final TangentBlock directions;
    private final Matrix inputTangents;
    private final Matrix output;
    private Matrix outputGradientTangents;

    Tangent(Pass pass, TangentBlock directions, Matrix inputTangents, Scope scope) {
      this.pass = pass;
      this.device = pass.device;
      this.scope = scope;
      this.directions = directions;
      this.inputTangents = inputTangents;
      int examples = pass.input.columns();
      this.output = scope.matrix(outputs, examples * directions.count());
      for (int j = 0; j < directions.count(); j++) {
        Matrix mine = output.columns(j * examples, examples);
        if (isBiased()) {
          Matrix shift = directions.part(j, weights(), outputs, 1);
          device.gemm(NO, YES, 1, shift, pass.ones, 0, mine);
        }
        Matrix turned = directions.part(j, 0, inputs, outputs);
        device.gemm(YES, NO, 1, turned, pass.input, addend(), mine);
      }
      if (inputTangents != null) {
        device.gemm(YES, NO, 1, pass.weights, inputTangents, 1, output);
      }
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientTangents, TangentBlock products) {
      outputGradientTangents = gradientTangents;
      pass.addParameterCotangents(gradientTangents, products);
      if (inputTangents != null) {
        int examples = pass.input.columns();
        for (int j = 0; j < products.count(); j++) {
          Matrix input = inputTangents.columns(j * examples, examples);
          Matrix weights = products.part(j, 0, inputs, outputs);
          device.gemm(NO, YES, 1, input, pass.outputGradient, 1, weights);
        }
      }
    }

    @Override
    public Matrix inputGradientTangents() {
      int examples = pass.input.columns();
      Matrix tangents = pass.inputCotangents(outputGradientTangents, scope);
      for (int j = 0; j < directions.count(); j++) {
        Matrix mine = tangents.columns(j * examples, examples);
        device.gemm(
            NO, NO, 1, directions.part(j, 0, inputs, outputs), pass.outputGradient, 1, mine);
      }
      return tangents;
    }
  }
}
