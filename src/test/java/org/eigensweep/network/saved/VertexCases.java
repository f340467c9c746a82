package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.vertex;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.*;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;

/** Every vertex class of DL4J 1.0.0-M2.1 that is not a layer's. */
final class VertexCases {
  private VertexCases() {}

  static Stream<SavedCase> all() {
    return Stream.concat(
        Stream.of(ElementWiseVertex.Op.values())
            .map(
                op ->
                    vertex(
                        op.name(),
                        new ElementWiseVertex(op),
                        op == ElementWiseVertex.Op.Add ? EXACT : DIFFERENCES,
                        op == ElementWiseVertex.Op.Add
                            ? ""
                            : "subject (ElementWiseVertex): op = " + op)),
        Stream.of(
            vertex("", new MergeVertex(), DIFFERENCES, "subject (MergeVertex)"),
            vertex("", new ScaleVertex(0.3), DIFFERENCES, "subject (ScaleVertex)"),
            vertex("", new ShiftVertex(0.3), DIFFERENCES, "subject (ShiftVertex)"),
            vertex("", new SubsetVertex(1, 3), DIFFERENCES, "subject (SubsetVertex)"),
            vertex("", new L2NormalizeVertex(), DIFFERENCES, "subject (L2NormalizeVertex)"),
            vertex("", new L2Vertex(), DIFFERENCES, "subject (L2Vertex)"),
            vertex("", new ReshapeVertex(-1, 5), DIFFERENCES, "subject (ReshapeVertex)"),
            vertex("", new StackVertex(), REFUSED, "makes outputs of [4, 3]"),
            vertex("", new UnstackVertex(0, 2), REFUSED, "makes outputs of [1, 3]"),
            vertex(
                "frozen",
                new FrozenVertex(new ElementWiseVertex(ElementWiseVertex.Op.Add)),
                EXACT,
                ""),
            vertex("", new PoolHelperVertex(), REFUSED, "DL4J says"),
            vertex("", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), EXACT, ""),
            vertex("", new DuplicateToTimeSeriesVertex("x"), REFUSED, "")));
  }
}
