package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;

/**
 * A convolution with biases. Its parameters are DL4J's: the biases first, then the weights as
 * (outputs, inputs, rows, columns) in 'c' order, which is patch size × outputs, column-major.
 *
 * @param window how an image is scanned
 * @param outputs number of output channels
 */
public record Convolution(Window window, int outputs) implements Layer {
  @Override
  public int parameters() {
    return outputs + weights();
  }

  private int weights() {
    return Math.multiplyExact(window.patchSize(), outputs);
  }

  @Override
  public int outputs(int inputs) {
    return outputs * window.positions();
  }

  @Override
  public long multiplications(int inputs) {
    return (long) weights() * window.positions();
  }

  private Blocks biases(TangentBlock block) {
    return block.parts(0, outputs, 1);
  }

  private Blocks weights(TangentBlock block) {
    return block.parts(outputs, window.patchSize(), outputs);
  }

  /** A block an example, or one a tangent, each with a column a position. */
  private Blocks positions(Matrix activations, int columns) {
    int positions = Math.toIntExact(activations.size() / outputs);
    return Blocks.across(
        activations.view(0, outputs, positions), Math.multiplyExact(window.positions(), columns));
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  private final class Pass implements LayerPass {
    private final Device device;
    private final Scope scope;
    private final Blocks weights;
    private final Matrix input;
    private final Matrix output;
    private Matrix outputGradient;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = theta.device();
      this.scope = scope;
      this.weights = shared(theta.view(outputs, window.patchSize(), outputs));
      this.input = input;
      this.output = scope.matrix(outputs(input.rows()), input.columns());
      device.convolve(window, input, weights, 0, output);
      device.spreadEach(1, shared(theta.view(0, outputs, 1)), 1, examples(output));
    }

    /** The positions of one tangent or cotangent after another. */
    private Blocks examples(Matrix block) {
      return positions(block, input.columns());
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
      device.sumEach(1, examples(outputCotangents), 1, biases(products));
      device.addConvolveWeights(window, input, outputCotangents, weights(products));
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
      Matrix cotangents = owner.matrix(input.rows(), outputCotangents.columns());
      device.convolveBack(window, outputCotangents, weights, 0, cotangents);
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
      device.convolve(window, pass.input, weights(directions), 0, output());
      if (inputTangents != null) {
        device.convolve(window, inputTangents, pass.weights, 1, output());
      }
      device.spreadEach(1, biases(directions), 1, pass.examples(output()));
    }

    @Override
    void addMovedGradients(TangentBlock products) {
      if (inputTangents != null) {
        device.addConvolveWeights(window, inputTangents, pass.outputGradient, weights(products));
      }
    }

    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = super.inputGradientTangents();
      device.convolveBack(window, pass.outputGradient, weights(directions), 1, tangents);
      return tangents;
    }
  }
}
