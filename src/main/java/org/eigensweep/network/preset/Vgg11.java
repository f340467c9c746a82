package org.eigensweep.network.preset;

import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import org.eigensweep.data.InputShape;

/**
 * VGG-11 (configuration A of Simonyan and Zisserman, ICLR 2015) as it is built for small images in
 * the edge-of-stability experiments of Cohen et al. (ICLR 2021): eight 3 × 3 convolutions with
 * biases and zero padding, each followed by normalisation or none and the activation, five of them
 * by the largest values over 2 × 2; then two hidden dense layers of the last convolution's width,
 * with the activation after each and no dropout, and linear outputs. With width 64 it is VGG-11
 * itself: 9,750,922 parameters on CIFAR-10 without normalisation.
 *
 * <p>Weights of convolutions are normal with variance 2/(9 · outputs), their biases zero.
 *
 * @param width planes of the first convolution; those of the others are 2, 4 and 8 times as many
 * @param normalization what follows each convolution
 * @param activation nonlinearity after that, and between the dense layers
 * @param initialization how the dense layers are drawn
 */
public record Vgg11(
    int width, Normalization normalization, Activation activation, Initialization initialization)
    implements Model {
  /** Convolutions between two poolings, each by the widths it makes. */
  private static final List<List<Integer>> STAGES =
      List.of(List.of(1), List.of(2), List.of(4, 4), List.of(8, 8), List.of(8, 8));

  /** Convolutions between two poolings, each by the planes it makes. */
  public List<List<Integer>> stages() {
    return STAGES.stream()
        .map(stage -> stage.stream().map(widths -> widths * width).toList())
        .toList();
  }

  /** Units of each of the two hidden dense layers. */
  public int hidden() {
    return 8 * width;
  }

  @Override
  public String description() {
    return "vgg11 width=%d normalization=%s activation=%s initialization=%s"
        .formatted(width, word(normalization), word(activation), word(initialization));
  }

  @Override
  public boolean couplesExamples() {
    return normalization != Normalization.NONE;
  }

  @Override
  public int smallestSide() {
    return 1 << STAGES.size();
  }

  @Override
  public long parameters(InputShape input, int classes) {
    double count = 0;
    double fanIn = input.channels();
    for (List<Integer> stage : STAGES) {
      for (int widths : stage) {
        double planes = (double) widths * width;
        count += (9 * fanIn + 1) * planes + normalization.parameters(planes);
        fanIn = planes;
      }
    }
    double hidden = fanIn;
    double dense = (hidden * pixels(input) + 1) * hidden + (hidden + 1) * hidden;
    return (long) (count + dense + (hidden + 1) * classes);
  }

  /** What the poolings leave of a plane: each halves height and width, rounding down. */
  private long pixels(InputShape input) {
    int side = smallestSide();
    return (long) (input.height() / side) * (input.width() / side);
  }
}
