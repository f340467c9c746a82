package org.eigensweep.network.preset;

import static org.eigensweep.network.preset.Word.word;

import org.eigensweep.data.InputShape;

/**
 * A transformer encoder that classifies text: embedding, fixed sinusoidal positions, encoder layers
 * with normalisation after each residual addition (post-LN), the mean over all positions, padding
 * included, and linear outputs. With width 64, 8 heads, 2048 hidden units, 2 layers, ReLU and
 * 30,522 tokens it is the transformer of Song, Ahn and Yun (2025): 2,515,842 parameters.
 *
 * @param vocabulary number of token ids
 * @param width features of a position, a multiple of the heads
 * @param heads attention heads of a layer
 * @param feedForward hidden units of a layer's feed-forward part
 * @param layers encoder layers
 * @param activation nonlinearity of the feed-forward part
 * @param initialization how the weights are drawn
 */
public record Transformer(
    int vocabulary,
    int width,
    int heads,
    int feedForward,
    int layers,
    Activation activation,
    Initialization initialization)
    implements Model {
  /** Refuses heads of unequal size. */
  public Transformer {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "a width of %d for %d heads, expected a multiple of the heads".formatted(width, heads));
    }
  }

  @Override
  public String description() {
    return "transformer vocabulary=%d embedding=%d heads=%d feed-forward=%d layers=%d activation=%s initialization=%s"
        .formatted(
            vocabulary, width, heads, feedForward, layers, word(activation), word(initialization));
  }

  @Override
  public int smallestSide() {
    return 1;
  }

  @Override
  public long parameters(InputShape input, int classes) {
    double attention = 4.0 * width * width + 4.0 * width;
    double hidden = 2.0 * width * feedForward + feedForward + width;
    double normalizations = 4.0 * width;
    double embeddings = (double) vocabulary * width;
    double dense = (width + 1.0) * classes;
    return (long) (embeddings + layers * (attention + hidden + normalizations) + dense);
  }
}
