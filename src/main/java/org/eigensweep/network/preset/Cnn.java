package org.eigensweep.network.preset;

import static org.eigensweep.network.preset.Word.word;

import org.eigensweep.data.InputShape;

/**
 * A small convolutional network: twice a 3 × 3 convolution with biases and zero padding,
 * normalisation or none, the activation, and pooling over 2 × 2; then linear outputs. With width
 * 32, ReLU, maxima and no normalisation it is the CNN of Song, Ahn and Yun (2025): 30,634
 * parameters on CIFAR-10.
 *
 * @param width planes that each convolution makes
 * @param pooling what follows each activation
 * @param normalization what follows each convolution
 * @param activation nonlinearity after that
 * @param initialization how the weights are drawn
 */
public record Cnn(
    int width,
    Pooling pooling,
    Normalization normalization,
    Activation activation,
    Initialization initialization)
    implements Model {
  @Override
  public String description() {
    return "cnn width=%d pooling=%s normalization=%s activation=%s initialization=%s"
        .formatted(
            width, word(pooling), word(normalization), word(activation), word(initialization));
  }

  @Override
  public boolean couplesExamples() {
    return normalization != Normalization.NONE;
  }

  @Override
  public int smallestSide() {
    return 4;
  }

  @Override
  public long parameters(InputShape input, int classes) {
    double first = (9.0 * input.channels() + 1) * width;
    double second = (9.0 * width + 1) * width;
    double dense = (values(input) + 1.0) * classes;
    return (long) (first + second + 2 * normalization.parameters(width) + dense);
  }

  /** Inputs of the dense layer. */
  public int flattened(InputShape input) {
    return Math.toIntExact(values(input));
  }

  /** Each pooling halves height and width, rounding down. */
  private long values(InputShape input) {
    return (long) width * (input.height() / 4) * (input.width() / 4);
  }
}
