package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Blocks;
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

  @Override
  public long multiplications(int features) {
    return (long) features / inputs * weights();
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

  private Blocks weights(TangentBlock block) {
    return block.parts(0, inputs, outputs);
  }

  private Blocks biases(TangentBlock block) {
    return block.parts(weights(), outputs, 1);
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
    private Matrix outputGradient;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = theta.device();
      this.scope = scope;
      this.weights = theta.view(0, inputs, outputs);
      this.input = input;
      this.output = scope.matrix(outputs, input.columns());
      if (isBiased()) {
        device.spreadEach(1, shared(theta.view(weights(), outputs, 1)), 0, shared(output));
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
      Blocks upstream = examples(outputCotangents);
      device.gemmEach(NO, YES, 1, shared(input), upstream, 1, weights(products));
      if (isBiased()) {
        device.sumEach(1, upstream, 1, biases(products));
      }
    }

    /** The columns of one tangent or cotangent after another. */
    private Blocks examples(Matrix block) {
      return Blocks.across(block, input.columns());
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
      Blocks moved = pass.examples(output());
      if (isBiased()) {
        device.spreadEach(1, biases(directions), 0, moved);
      }
      device.gemmEach(YES, NO, 1, weights(directions), shared(pass.input), addend(), moved);
      if (inputTangents != null) {
        device.gemm(YES, NO, 1, pass.weights, inputTangents, 1, output());
      }
    }

    @Override
    void addMovedGradients(TangentBlock products) {
      if (inputTangents != null) {
        Blocks inputs = pass.examples(inputTangents);
        device.gemmEach(NO, YES, 1, inputs, shared(pass.outputGradient), 1, weights(products));
      }
    }

    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = super.inputGradientTangents();
      Blocks upstream = shared(pass.outputGradient);
      device.gemmEach(NO, NO, 1, weights(directions), upstream, 1, pass.examples(tangents));
      return tangents;
    }
  }
}
