package org.eigensweep.network.preset;

import static java.util.stream.Collectors.joining;
import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import org.eigensweep.data.InputShape;

/**
 * A multi-layer perceptron: dense layers with biases, the activation after each hidden layer and
 * linear outputs.
 *
 * @param hidden widths of the hidden layers, input side first; empty for linear regression
 * @param activation nonlinearity after each hidden layer
 * @param initialization how the weights are drawn
 */
public record Mlp(List<Integer> hidden, Activation activation, Initialization initialization)
    implements Model {
  public Mlp {
    hidden = List.copyOf(hidden);
  }

  @Override
  public String description() {
    String widths = hidden.stream().map(String::valueOf).collect(joining(","));
    return "mlp hidden=%s activation=%s initialization=%s"
        .formatted(widths, word(activation), word(initialization));
  }

  @Override
  public int smallestSide() {
    return 1;
  }

  @Override
  public long parameters(InputShape input, int classes) {
    double count = 0;
    double fanIn = input.features();
    for (int width : hidden) {
      count += (fanIn + 1) * width;
      fanIn = width;
    }
    return (long) (count + (fanIn + 1) * classes);
  }
}
