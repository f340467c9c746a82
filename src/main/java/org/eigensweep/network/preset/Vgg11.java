package org.eigensweep.network.preset;

import static org.eigensweep.network.preset.Word.word;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.data.InputShape;

/**
 * VGG-11 (configuration A of Simonyan and Zisserman, ICLR 2015) as it is built for small images in
 * the edge-of-stability experiments of Cohen et al. (ICLR 2021): eight 3 × 3 convolutions with
 * biases and zero padding, each followed by normalisation or none and the activation, five of them
 * by the largest values over 2 × 2; then dense layers of 512, 512 and the classes, with the
 * activation between them and no dropout. 9,750,922 parameters on CIFAR-10 without normalisation.
 *
 * <p>Weights of convolutions are normal with variance 2/(9 · outputs), their biases zero.
 *
 * @param normalization what follows each convolution
 * @param activation nonlinearity after that, and between the dense layers
 * @param initialization how the dense layers are drawn
 */
public record Vgg11(
    Normalization normalization, Activation activation, Initialization initialization)
    implements Model {
  /** Convolutions between two poolings, each by the planes it makes. */
  public static final List<List<Integer>> STAGES =
      List.of(List.of(64), List.of(128), List.of(256, 256), List.of(512, 512), List.of(512, 512));

  /** Units of the two hidden dense layers. */
  public static final int HIDDEN = 512;

  @Override
  public String description() {
    return "vgg11 normalization=%s activation=%s initialization=%s"
        .formatted(word(normalization), word(activation), word(initialization));
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
    long count = 0;
    long fanIn = input.channels();
    for (int planes : widths()) {
      count += (9 * fanIn + 1) * planes + normalization.parameters(planes);
      fanIn = planes;
    }
    return count + (values(input) + 1 + HIDDEN + 1) * HIDDEN + (HIDDEN + 1L) * classes;
  }

  private static List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    STAGES.forEach(widths::addAll);
    return widths;
  }

  /** Inputs of the first dense layer: each pooling halves height and width, rounding down. */
  private long values(InputShape input) {
    int side = smallestSide();
    long planes = widths().get(widths().size() - 1);
    return planes * (input.height() / side) * (input.width() / side);
  }
}
