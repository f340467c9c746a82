package org.eigensweep.network.generated;

import java.util.Locale;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.AttentionVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;

/** DL4J's vertices without a layer by the names that cases have for them. */
final class Vertices {
  /** Those that take two signals or more of one size. */
  static final Set<String> ELEMENTWISE = Set.of("add", "subtract", "product", "average", "max");

  private static final Set<String> OTHERS =
      Set.of(
          "merge",
          "times",
          "shift",
          "unit",
          "distance",
          "subset",
          "stack",
          "unstack",
          "reshape",
          "laststep",
          "reverse",
          "duplicate",
          "positions",
          "attend");

  private Vertices() {}

  static boolean has(String kind) {
    return ELEMENTWISE.contains(kind) || OTHERS.contains(kind);
  }

  static GraphVertex of(Node node) {
    if (ELEMENTWISE.contains(node.kind())) {
      String name = node.kind();
      return new ElementWiseVertex(
          ElementWiseVertex.Op.valueOf(
              name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)));
    }
    return switch (node.kind()) {
      case "merge" -> new MergeVertex();
      case "times" -> new ScaleVertex(node.real("by", 0.5));
      case "shift" -> new ShiftVertex(node.real("by", 0.5));
      case "unit" -> new L2NormalizeVertex();
      case "distance" -> new L2Vertex();
      case "subset" -> new SubsetVertex(0, node.number("to", 1));
      case "stack" -> new StackVertex();
      case "unstack" -> new UnstackVertex(0, node.number("of", 2));
      case "reshape" -> new ReshapeVertex(-1, node.number("to", 2));
      case "laststep" -> new LastTimeStepVertex(node.is("masked") ? "in" : null);
      case "reverse" -> new ReverseTimeSeriesVertex();
      case "duplicate" -> new DuplicateToTimeSeriesVertex("in");
      case "positions" -> new PreprocessorVertex(new RnnToFeedForwardPreProcessor());
      case "attend" ->
          new AttentionVertex.Builder()
              .nInKeys(node.number("in", 2))
              .nInQueries(node.number("in", 2))
              .nInValues(node.number("in", 2))
              .nOut(2)
              .nHeads(1)
              .projectInput(true)
              .build();
      default -> throw new IllegalArgumentException(node.kind());
    };
  }
}
