package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * A vector for each token of a text: an example of T token ids, as numbers, becomes T positions of
 * {@code width} values. The parameters are DL4J's, W as vocabulary × width, column-major. Every
 * pass is linear in W, and costs what its tokens cost, however large the vocabulary is. Token ids
 * are data: they have no tangents and no gradient.
 *
 * @param vocabulary number of token ids, from 0
 * @param width values of a position
 */
public record Embedding(int vocabulary, int width) implements Layer {
  public Embedding {
    if (vocabulary > 1 << 24) {
      throw new IllegalArgumentException(
          "a vocabulary of %d tokens, expected at most 2^24: larger ids are not exact in float32"
              .formatted(vocabulary));
    }
  }

  @Override
  public int parameters() {
    return vocabulary * width;
  }

  @Override
  public int outputs(int tokens) {
    return tokens * width;
  }

  private Matrix vectors(Matrix parameters) {
    return parameters.view(0, vocabulary, width);
  }

  private Matrix vectors(TangentBlock block, int tangent) {
    return block.part(tangent, 0, vocabulary, width);
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new Pass(theta, input, scope);
  }

  private final class Pass implements LayerPass {
    private final Device device;
    private final Matrix tokens;
    private final Matrix output;

    Pass(Matrix theta, Matrix input, Scope scope) {
      this.device = theta.device();
      this.tokens = input.view(0, Math.toIntExact(input.size()), 1);
      this.output = scope.matrix(outputs(input.rows()), input.columns());
      choose(vectors(theta), output);
    }

    /** Values of one activation with a position a column. */
    private Matrix positions(Matrix activation) {
      return activation.view(0, width, tokens.rows());
    }

    /** out ← the tokens' vectors, from rows of W. */
    private void choose(Matrix vectors, Matrix out) {
      try (Scope temporary = device.open()) {
        Matrix chosen = temporary.matrix(tokens.rows(), width);
        device.gatherEach(vectors, tokens, chosen);
        device.transposeEach(shared(chosen), shared(positions(out)));
      }
    }

    /** The adjoint of {@link #choose}: adds what came back to the tokens' vectors. */
    private void add(Matrix upstream, Matrix vectors) {
      try (Scope temporary = device.open()) {
        Matrix chosen = temporary.matrix(tokens.rows(), width);
        device.transposeEach(shared(positions(upstream)), shared(chosen));
        device.addScattered(chosen, tokens, vectors);
      }
    }

    @Override
    public Matrix output() {
      return output;
    }

    @Override
    public void backward(Matrix gradientOfOutput, Matrix gradient) {
      addParameterCotangents(gradientOfOutput, new TangentBlock(gradient, 0));
    }

    @Override
    public Matrix inputGradient() {
      throw noGradient();
    }

    @Override
    public void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {
      int examples = output.columns();
      for (int j = 0; j < products.count(); j++) {
        add(outputCotangents.columns(j * examples, examples), vectors(products, j));
      }
    }

    @Override
    public Matrix inputCotangents(Matrix outputCotangents, Scope scope) {
      throw noGradient();
    }

    private IllegalStateException noGradient() {
      return new IllegalStateException(
          "the gradient by token ids was asked for: an embedding takes data, not a layer's output");
    }

    @Override
    public LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope scope) {
      TangentPass tangents = new TangentPass(this, directions.count(), scope);
      for (int j = 0; j < directions.count(); j++) {
        choose(vectors(directions, j), tangents.columns(tangents.output(), j));
      }
      return tangents;
    }
  }
}
