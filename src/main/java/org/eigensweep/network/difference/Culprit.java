package org.eigensweep.network.difference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.samediff.AbstractSameDiffLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.eigensweep.network.compile.Dl4jRules;
import org.eigensweep.network.dl4j.Architecture;

/**
 * Which layer of a network is at fault, for messages.
 *
 * @param vertices the network's, each after those it takes from
 */
public record Culprit(List<Architecture.Vertex> vertices) {
  /**
   * The layer at fault where a layer's gradient is wrong and those of all later ones are right: it
   * itself, or one without parameters that hands the gradient to it. Those without a derivative
   * rule are named where there are any.
   *
   * @param layer name of the last layer with a wrong gradient
   */
  String of(String layer) {
    List<Architecture.Vertex> blamed = blamed(layer);
    return blamed.isEmpty() ? layer : labels(blamed);
  }

  /** The layers without a derivative rule, or all where there are none. */
  public String any() {
    return labels(suspects(vertices));
  }

  /** What is known of the fault of a layer, to follow "expected the same"; often nothing. */
  String reason(String layer) {
    boolean sameDiff = blamed(layer).stream().map(Culprit::what).anyMatch(Culprit::isSameDiff);
    return sameDiff ? ", which DL4J 1.0.0-M2.1 doubles in every SameDiff layer" : "";
  }

  private List<Architecture.Vertex> blamed(String layer) {
    List<Architecture.Vertex> possible = new ArrayList<>();
    for (Architecture.Vertex vertex : vertices) {
      if (!possible.isEmpty() && vertex.vertex().numParams(false) > 0) {
        break;
      }
      if (!possible.isEmpty() || vertex.name().equals(layer)) {
        possible.add(vertex);
      }
    }
    return suspects(possible);
  }

  private static List<Architecture.Vertex> suspects(List<Architecture.Vertex> possible) {
    List<Architecture.Vertex> unknown =
        possible.stream().filter(vertex -> !Dl4jRules.knows(what(vertex).getClass())).toList();
    return unknown.isEmpty() ? possible : unknown;
  }

  private static Object what(Architecture.Vertex vertex) {
    GraphVertex other = vertex.vertex();
    return vertex.layer() == null ? other : vertex.layer().getLayer();
  }

  private static boolean isSameDiff(Object what) {
    return what instanceof AbstractSameDiffLayer || what instanceof SameDiffVertex;
  }

  private static String labels(List<Architecture.Vertex> vertices) {
    return vertices.stream().map(Architecture.Vertex::label).collect(Collectors.joining(", "));
  }
}
