package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;

/**
 * A convolution with biases: with an image's patches P (positions × patch size), its output planes
 * are the columns of P·W + 1bᵀ. Its parameters are DL4J's: b first, then the weights as (outputs,
 * inputs, rows, columns) in 'c' order, which is W as patch size × outputs, column-major.
 *
 * <p>Patches are many times as large as the images, so they are never kept: a {@link ExampleGroup}
 * of images is spread out, used for all tangents of a block, and forgotten. The patches of tangents
 * are made one tangent after another.
 *
 * @param window how an image is scanned
 * @param outputs number of output planes
 */
public record Convolution(Window window, int outputs) implements Layer {
  @Override
  public int parameters() {
    return outputs + window.patchSize() * outputs;
  }

  @Override
  public int outputs(int inputs) {
    return outputs * window.positions();
  }

  private Matrix biases(Matrix parameters) {
    return parameters.view(0, outputs, 1);
  }

  private Matrix weights(Matrix parameters) {
    return parameters.view(outputs, window.patchSize(), outputs);
  }

  private Matrix part(TangentBlock block, int tangent) {
    return block.part(tangent, 0, parameters(), 1);
  }

  /** The output planes of some columns, positions × outputs an image. */
  private Blocks planes(Matrix activations, int from, int count) {
    return new Blocks(
        activations.view((long) from * activations.rows(), window.positions(), outputs * count),
        outputs);
  }

  private Blocks blank(int count, Scope scope) {
    int columns = window.patchSize();
    return new Blocks(scope.matrix(window.positions(), columns * count), columns);
  }

  private Blocks patches(Matrix images, int from, int count, Scope scope) {
    Blocks patches = blank(count, scope);
    images.device().im2col(window, images.columns(from, count), patches.matrix());
    return patches;
  }

  private void eachGroup(Matrix images, ExampleGroup action) {
    long patches = (long) window.positions() * window.patchSize();
    ExampleGroup.each(images.device(), images.columns(), patches, action);
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
    private final Blocks ones;
    private Matrix outputGradient;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = theta.device();
      this.scope = scope;
      this.weights = shared(weights(theta));
      this.input = input;
      this.ones = shared(device.ones(window.positions()));
      this.output = scope.matrix(outputs(input.rows()), input.columns());
      Blocks biases = shared(biases(theta));
      eachGroup(
          input,
          (from, count, temporary) -> {
            Blocks out = planes(output, from, count);
            device.gemmEach(NO, YES, 1, ones, biases, 0, out);
            device.gemmEach(NO, NO, 1, patches(input, from, count, temporary), weights, 1, out);
          });
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

    private void addGradient(Blocks patches, Blocks upstream, Matrix gradient) {
      device.gemmEach(YES, NO, 1, patches, upstream, 1, shared(weights(gradient)));
    }

    private void addBiasGradient(Blocks upstream, Matrix gradient) {
      device.gemmEach(YES, NO, 1, upstream, ones, 1, shared(biases(gradient)));
    }

    @Override
    public Matrix inputGradient() {
      return inputCotangents(outputGradient, scope);
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {
      eachGroup(
          input,
          (from, count, temporary) -> {
            Blocks patches = patches(input, from, count, temporary);
            for (int j = 0; j < products.count(); j++) {
              Blocks upstream = planes(outputCotangents, j * input.columns() + from, count);
              addGradient(patches, upstream, part(products, j));
              addBiasGradient(upstream, part(products, j));
            }
          });
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
      Matrix cotangents = owner.zeros(input.rows(), outputCotangents.columns());
      eachGroup(
          outputCotangents,
          (from, count, temporary) -> {
            Blocks patches = blank(count, temporary);
            device.gemmEach(NO, YES, 1, planes(outputCotangents, from, count), weights, 0, patches);
            device.addCol2im(window, patches.matrix(), cotangents.columns(from, count));
          });
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
    private final int examples;

    Tangent(Pass pass, TangentBlock directions, Matrix inputTangents, Scope scope) {
      super(pass, directions.count(), scope);
      this.pass = pass;
      this.directions = directions;
      this.inputTangents = inputTangents;
      this.examples = pass.input.columns();
      eachGroup(pass.input, this::forward);
    }

    private void forward(int from, int count, Scope temporary) {
      Blocks patches = patches(pass.input, from, count, temporary);
      for (int j = 0; j < directions.count(); j++) {
        int column = j * examples + from;
        Matrix direction = part(directions, j);
        Blocks out = planes(output(), column, count);
        device.gemmEach(NO, YES, 1, pass.ones, shared(biases(direction)), 0, out);
        device.gemmEach(NO, NO, 1, patches, shared(weights(direction)), 1, out);
        if (inputTangents != null) {
          try (Scope one = device.open()) {
            Blocks moved = patches(inputTangents, column, count, one);
            device.gemmEach(NO, NO, 1, moved, pass.weights, 1, out);
          }
        }
      }
    }

    @Override
    void addMovedGradients(TangentBlock products) {
      if (inputTangents != null) {
        for (int j = 0; j < products.count(); j++) {
          addMovedPatches(j * examples, part(products, j));
        }
      }
    }

    /** Adds what a tangent of the input, whose columns begin at one, gives with the gradient. */
    private void addMovedPatches(int column, Matrix product) {
      eachGroup(
          pass.input,
          (from, count, temporary) -> {
            Blocks moved = patches(inputTangents, column + from, count, temporary);
            pass.addGradient(moved, planes(pass.outputGradient, from, count), product);
          });
    }

    /** Both terms in one walk over the groups, so that their patches go into the images once. */
    @Override
    public Matrix inputGradientTangents() {
      Matrix tangents = scope.zeros(pass.input.rows(), examples * directions.count());
      eachGroup(
          pass.input,
          (from, count, temporary) -> {
            Blocks upstream = planes(pass.outputGradient, from, count);
            Blocks patches = blank(count, temporary);
            for (int j = 0; j < directions.count(); j++) {
              int column = j * examples + from;
              Blocks moved = planes(outputGradientTangents(), column, count);
              Blocks weights = shared(weights(part(directions, j)));
              device.gemmEach(NO, YES, 1, moved, pass.weights, 0, patches);
              device.gemmEach(NO, YES, 1, upstream, weights, 1, patches);
              device.addCol2im(window, patches.matrix(), tangents.columns(column, count));
            }
          });
      return tangents;
    }
  }
}
