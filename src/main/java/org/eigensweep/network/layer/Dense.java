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
      addParameterCotangents(outputGradient, new TangentBlock(gradient, 0));
    }

    @Override
    public Matrix inputGradient() {
      return inputCotangents(outputGradient, scope);
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

  private final class Tangent extends TangentPass {
    private final Pass pass;
    private final TangentBlock directions;
    private final Matrix inputTangents;

    Tangent(Pass pass, TangentBlock directions, Matrix inputTangents, Scope scope) {
      super(pass, directions.count(), scope);
      this.pass = pass;
      this.directions = directions;
      this.inputTangents = inputTangents;
      for (int j = 0; j < directions.count(); j++) {
        Matrix mine = columns(output(), j);
        if (isBiased()) {
          Matrix shift = directions.part(j, weights(), outputs, 1);
          device.gemm(NO, YES, 1, shift, pass.ones, 0, mine);
        }
        device.gemm(YES, NO, 1, turned(directions, j), pass.input, addend(), mine);
      }
      if (inputTangents != null) {
        device.gemm(YES, NO, 1, pass.weights, inputTangents, 1, output());
      }
    }

    private Matrix turned(TangentBlock block, int tangent) {
      return block.part(tangent, 0, inputs, outputs);
    }

    @Override
    void addMovedGradients(TangentBlock products) {
      if (inputTangents != null) {
        for (int j = 0; j < products.count(); j++) {
          Matrix input = columns(inputTangents, j);
          device.gemm(NO, YES, 1, input, pass.outputGradient, 1, turned(products, j));
        }
      }
    }

    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = super.inputGradientTangents();
      for (int j = 0; j < directions.count(); j++) {
        Matrix mine = columns(tangents, j);
        device.gemm(NO, NO, 1, turned(directions, j), pass.outputGradient, 1, mine);
      }
      return tangents;
    }
  }
}
