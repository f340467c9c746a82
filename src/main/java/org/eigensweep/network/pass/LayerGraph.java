package org.eigensweep.network.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.network.layer.Embedding;
import org.eigensweep.network.layer.Layer;

/**
 * Layers joined without cycles. The last node's output is the network's; parameters lie in the
 * parameter vector node after node.
 *
 * @param nodes the nodes, each after its sources
 */
public record LayerGraph(List<Node> nodes) {
  /** The index that stands for the data as a source. */
  public static final int DATA = -1;

  /**
   * A layer, applied to the sum of its sources.
   *
   * @param layer the layer
   * @param sources the nodes whose outputs are added to make its input, or {@link #DATA} alone
   */
  public record Node(Layer layer, List<Integer> sources) {
    public Node {
      sources = List.copyOf(sources);
    }
  }

  public LayerGraph {
    nodes = List.copyOf(nodes);
  }

  /** Layers one after another. */
  public static LayerGraph chain(List<Layer> layers) {
    return new LayerGraph(
        IntStream.range(0, layers.size())
            .mapToObj(i -> new Node(layers.get(i), List.of(i - 1)))
            .toList());
  }

  /** The layers, in the order of their parameters. */
  public List<Layer> layers() {
    return nodes.stream().map(Node::layer).toList();
  }

  public int parameters() {
    return offset(nodes.size());
  }

  /** Where a node's parameters begin. */
  public int offset(int node) {
    return nodes.stream().limit(node).mapToInt(n -> n.layer().parameters()).sum();
  }

  /** A node's part of a vector of all parameters; null for a node without any. */
  Matrix slice(Matrix vector, int node) {
    int count = nodes.get(node).layer().parameters();
    return count == 0 ? null : vector.view(offset(node), count, 1);
  }

  /** Whether a node's output depends on the parameters: the data and fixed maps of them do not. */
  boolean moves(int node) {
    return node != DATA && (nodes.get(node).layer().parameters() > 0 || inputMoves(node));
  }

  /** Whether a node's input depends on the parameters. */
  boolean inputMoves(int node) {
    return nodes.get(node).sources().stream().anyMatch(this::moves);
  }

  /** Whether some layer's output for an example depends on the other examples in the batch. */
  public boolean couplesExamples() {
    return layers().stream().anyMatch(Layer::couplesExamples);
  }

  /** Whether the data are tokens, looked up in a table. */
  boolean takesTokens() {
    return nodes.stream()
        .anyMatch(node -> node.sources().contains(DATA) && node.layer() instanceof Embedding);
  }

  /** Values of an example that a forward pass keeps: the outputs of all nodes. */
  public long activations(int features) {
    return outputs(features).stream().mapToLong(Integer::longValue).sum();
  }

  /** Multiplications of an example's forward pass, see {@link Layer#multiplications}. */
  private long multiplications(int features) {
    List<Integer> outputs = outputs(features);
    long sum = 0;
    for (Node node : nodes) {
      sum += node.layer().multiplications(inputs(node, features, outputs));
    }
    return sum;
  }

  /**
   * How examples pass through the graph. Where they are coupled, the loss is defined by those that
   * pass together.
   *
   * @param count examples there are
   * @param features values of an example
   */
  public Chunks chunks(int count, int features, PassSettings settings, Precision precision) {
    if (couplesExamples()) {
      return Chunks.ofSize(count, settings.batchNormExamples());
    }
    long fitting = settings.chunkBytes() / (activations(features) * precision.bytes());
    return Chunks.of(count, fitting, multiplications(features), parameters());
  }

  /** Values of an example that each node outputs. */
  private List<Integer> outputs(int features) {
    List<Integer> outputs = new ArrayList<>();
    for (Node node : nodes) {
      outputs.add(node.layer().outputs(inputs(node, features, outputs)));
    }
    return outputs;
  }

  private static int inputs(Node node, int features, List<Integer> outputs) {
    int source = node.sources().get(0);
    return source == DATA ? features : outputs.get(source);
  }

  /** The outputs alone, without anything that derivatives need. */
  public GraphPass forward(Matrix theta, Batch batch, Scope scope) {
    return new GraphPass(this, theta, batch, scope);
  }
}
