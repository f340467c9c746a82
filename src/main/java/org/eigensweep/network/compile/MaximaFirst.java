package org.eigensweep.network.compile;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.network.layer.MaxPooling;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.layer.Pointwise;
import org.eigensweep.network.pass.LayerGraph;

/**
 * Takes maxima before the ReLU that feeds them, which then has fewer numbers to work on. The ReLU
 * never falls, so the largest of its values is its value at the largest: the same number, to the
 * bit. Derivatives are the same, too: above 0 both follow the first of the largest, and elsewhere
 * both are 0. Another function may round two numbers to one, and the place with it to the first of
 * them.
 */
final class MaximaFirst {
  private MaximaFirst() {}

  /** The nodes with each such pair in this order; no node changes its number of parameters. */
  static List<LayerGraph.Node> of(List<LayerGraph.Node> nodes) {
    List<LayerGraph.Node> ordered = new ArrayList<>(nodes);
    for (int i = 1; i < nodes.size(); i++) {
      LayerGraph.Node before = nodes.get(i - 1);
      LayerGraph.Node after = nodes.get(i);
      if (isRelu(before) && takesMaxima(after, i - 1) && isAlone(i - 1, nodes)) {
        ordered.set(i - 1, new LayerGraph.Node(after.layer(), before.sources()));
        ordered.set(i, new LayerGraph.Node(before.layer(), after.sources()));
      }
    }
    return ordered;
  }

  private static boolean isRelu(LayerGraph.Node node) {
    return node.layer() instanceof Pointwise pointwise && pointwise.sigma() == Nonlinearity.RELU;
  }

  private static boolean takesMaxima(LayerGraph.Node node, int source) {
    return node.layer() instanceof MaxPooling && node.sources().equals(List.of(source));
  }

  /** Whether one node alone takes an output. */
  private static boolean isAlone(int output, List<LayerGraph.Node> nodes) {
    return nodes.stream().filter(node -> node.sources().contains(output)).count() == 1;
  }
}
