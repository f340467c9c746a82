package org.eigensweep.network.layer;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Scaled dot-product attention of several heads, without the projections around it (Vaswani et al.,
 * Attention Is All You Need, 2017, section 3.2). Each position holds a query, a key and a value of
 * {@code width} numbers each; head h owns the h-th part of each of them, and of the output. With
 * the parts Q, K, V that a head owns of an example, a column a position, its output is VP, where P
 * is the softmax of each column of αKᵀQ and α = 1/√(width/heads).
 *
 * <p>In what follows "centred" means less each column's mean under P. With G = ∂L/∂(VP), C = VᵀG
 * centred and S = P ⊙ C, the gradients by Q, K, V are αKS, αQSᵀ, GPᵀ. For tangents, D = α(K̇ᵀQ +
 * KᵀQ̇) centred gives Ṗ = P ⊙ D, and V̇ᵀG + VᵀĠ + D ⊙ C centred gives Ṡ, as P ⊙ it.
 *
 * <p>P is kept; all else of positions × positions is made again for a {@link ExampleGroup} of
 * examples.
 *
 * @param width numbers of a query, a key, a value and an output, over all heads
 * @param heads number of heads, a divisor of the width
 * @param length positions of an example
 */
public record Attention(int width, int heads, int length) implements Layer {
  /** Added to the score of padding, whose exponential is then 0 beside that of any other. */
  private static final double MASKED = -1e9;

  public Attention {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "a width of %d does not part into %d heads".formatted(width, heads));
    }
  }

  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public int outputs(int inputs) {
    return inputs / 3;
  }

  /** Of the scores and of the values. */
  @Override
  public long multiplications(int inputs) {
    return 2L * length * length * width;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return forward(theta, input, null, scope);
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Matrix mask, Scope scope) {
    return new Pass(input, mask, scope);
  }

  /** The heads' Q, K, V of some examples; of their tangents or gradients likewise. */
  private record Projections(Blocks queries, Blocks keys, Blocks values) {}

  private Projections projections(Matrix inputs, int from, int count) {
    return new Projections(
        heads(inputs, 3, 0, from, count),
        heads(inputs, 3, 1, from, count),
        heads(inputs, 3, 2, from, count));
  }

  private Blocks outputs(Matrix outputs, int from, int count) {
    return heads(outputs, 1, 0, from, count);
  }

  /** The heads' parts of one of the vectors of each position. */
  private Blocks heads(Matrix activation, int vectors, int one, int from, int count) {
    long first = (long) from * activation.rows();
    Matrix positions = activation.view(first, vectors * width, length * count);
    return Blocks.stacked(positions, one * width, width / heads, heads, length);
  }

  /** A positions × positions matrix for each head of each of some examples. */
  private Matrix pairs(int count, Scope scope) {
    return scope.matrix(length, length * heads * count);
  }

  private Blocks each(Matrix pairs) {
    return Blocks.across(pairs, length);
  }

  private final class Pass implements LayerPass {
    private final double alpha = 1 / Math.sqrt((double) width / heads);
    private final Device device;
    private final Scope scope;
    private final Matrix input;
    private final int examples;
    private final Matrix probabilities;
    private final Matrix output;
    private Matrix outputGradient;

    Pass(Matrix input, Matrix mask, Scope scope) {
      this.device = input.device();
      this.scope = scope;
      this.input = input;
      this.examples = input.columns();
      this.probabilities = pairs(examples, scope);
      this.output = scope.matrix(width * length, examples);
      writeBiases(mask);
      eachGroup(this::forward);
    }

    private void eachGroup(ExampleGroup action) {
      ExampleGroup.each(device, examples, (long) heads * length * length, action);
    }

    /** Writes what the mask adds to the scores in the place of the probabilities. */
    private void writeBiases(Matrix mask) {
      try (Scope temporary = device.open()) {
        Matrix biases = temporary.zeros(length, examples);
        if (mask != null) {
          device.fill(MASKED, biases);
          device.axpy(-MASKED, mask, biases);
        }
        Blocks all = Blocks.across(probabilities, length * heads);
        device.spreadEach(1, Blocks.across(biases, 1), 0, all);
      }
    }

    private void forward(int from, int count, Scope temporary) {
      Projections in = projections(input, from, count);
      Matrix p = probabilities(from, count);
      device.gemmEach(YES, NO, alpha, in.keys, in.queries, 1, each(p));
      device.softmax(p, p);
      device.gemmEach(NO, NO, 1, in.values, each(p), 0, outputs(output, from, count));
    }

    private Matrix probabilities(int from, int count) {
      int columns = length * heads;
      return probabilities.columns(columns * from, columns * count);
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientOfOutput, Matrix gradient) {
      outputGradient = gradientOfOutput;
    }

    @Override
    public Matrix inputGradient() {
      return inputCotangents(outputGradient, scope);
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {}

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
      Matrix cotangents = owner.matrix(input.rows(), outputCotangents.columns());
      eachGroup(
          (from, count, temporary) -> {
            Projections in = projections(input, from, count);
            Matrix p = probabilities(from, count);
            Matrix s = pairs(count, temporary);
            for (int at = from; at < outputCotangents.columns(); at += examples) {
              Blocks upstream = outputs(outputCotangents, at, count);
              Projections out = projections(cotangents, at, count);
              centredGradients(in, p, upstream, s);
              device.multiply(p, s, s);
              device.gemmEach(NO, NO, alpha, in.keys, each(s), 0, out.queries);
              device.gemmEach(NO, YES, alpha, in.queries, each(s), 0, out.keys);
              device.gemmEach(NO, YES, 1, upstream, each(p), 0, out.values);
            }
          });
      return cotangents;
    }

    /** Writes C. */
    private void centredGradients(Projections in, Matrix p, Blocks upstream, Matrix c) {
      device.gemmEach(YES, NO, 1, in.values, upstream, 0, each(c));
      Centring.centre(p, c);
    }

    /** Writes D. */
    private void centredTangents(Projections in, Matrix p, Projections moved, Matrix d) {
      device.gemmEach(YES, NO, alpha, moved.keys, in.queries, 0, each(d));
      device.gemmEach(YES, NO, alpha, in.keys, moved.queries, 1, each(d));
      Centring.centre(p, d);
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope scope) {
      return new Tangent(this, directions.count(), inputTangents, scope);
    }
  }

  private final class Tangent extends TangentPass {
    private final Pass pass;
    private final Matrix inputTangents;

    Tangent(Pass pass, int count, Matrix inputTangents, Scope scope) {
      super(pass, count, scope);
      this.pass = pass;
      this.inputTangents = inputTangents;
      pass.eachGroup(this::forward);
    }

    private void forward(int from, int count, Scope temporary) {
      Projections in = projections(pass.input, from, count);
      Matrix p = pass.probabilities(from, count);
      Matrix moved = pairs(count, temporary);
      for (int at = from; at < inputTangents.columns(); at += pass.examples) {
        Projections tangents = projections(inputTangents, at, count);
        Blocks out = outputs(output(), at, count);
        pass.centredTangents(in, p, tangents, moved);
        device.multiply(p, moved, moved);
        device.gemmEach(NO, NO, 1, tangents.values, each(p), 0, out);
        device.gemmEach(NO, NO, 1, in.values, each(moved), 1, out);
      }
    }

    /** Both terms group by group, so that what they share is made once. */
    @Override
    public Matrix inputGradientTangents() {
      Matrix result = scope.matrix(inputTangents.rows(), inputTangents.columns());
      pass.eachGroup((from, count, temporary) -> backward(from, count, temporary, result));
      return result;
    }

    private void backward(int from, int count, Scope temporary, Matrix result) {
      double alpha = pass.alpha;
      Projections in = projections(pass.input, from, count);
      Blocks upstream = outputs(pass.outputGradient, from, count);
      Matrix p = pass.probabilities(from, count);
      Matrix c = pairs(count, temporary);
      Matrix s = pairs(count, temporary);
      Matrix movedP = pairs(count, temporary);
      Matrix movedS = pairs(count, temporary);
      pass.centredGradients(in, p, upstream, c);
      device.multiply(p, c, s);
      for (int at = from; at < inputTangents.columns(); at += pass.examples) {
        Projections tangents = projections(inputTangents, at, count);
        Blocks upstreamTangents = outputs(outputGradientTangents(), at, count);
        pass.centredTangents(in, p, tangents, movedP);
        device.multiply(movedP, c, movedS);
        device.gemmEach(YES, NO, 1, tangents.values, upstream, 1, each(movedS));
        device.gemmEach(YES, NO, 1, in.values, upstreamTangents, 1, each(movedS));
        Centring.centre(p, movedS);
        device.multiply(p, movedS, movedS);
        device.multiply(p, movedP, movedP);
        Projections out = projections(result, at, count);
        device.gemmEach(NO, NO, alpha, tangents.keys, each(s), 0, out.queries);
        device.gemmEach(NO, NO, alpha, in.keys, each(movedS), 1, out.queries);
        device.gemmEach(NO, YES, alpha, tangents.queries, each(s), 0, out.keys);
        device.gemmEach(NO, YES, alpha, in.queries, each(movedS), 1, out.keys);
        device.gemmEach(NO, YES, 1, upstreamTangents, each(p), 0, out.values);
        device.gemmEach(NO, YES, 1, upstream, each(movedP), 1, out.values);
      }
    }
  }
}
