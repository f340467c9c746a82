package org.eigensweep.network.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.Addition;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.vertex.DotProductAttentionVertex;

/** DL4J networks as graphs of derivative rules. */
public final class Dl4jCompiler {
  /** The output of a vertex: the node that computes it, and its layout. */
  private record Signal(int node, Dl4jLayout layout) {}

  private final Architecture architecture;
  private final Dl4jLayout data;
  private final Map<String, Signal> signals = new HashMap<>();
  private final List<LayerGraph.Node> nodes = new ArrayList<>();

  private Dl4jCompiler(Architecture architecture, Dl4jLayout data) {
    this.architecture = architecture;
    this.data = data;
  }

  /**
   * The derivative rules of a network.
   *
   * @throws IllegalArgumentException naming the first layer without a rule, and its option
   */
  public static LayerGraph compile(Architecture architecture) {
    return new Dl4jCompiler(architecture, Dl4jLayout.VECTOR).graph();
  }

  /**
   * The same for examples of a layout, which a network that takes images does not say itself.
   *
   * @param input of an example
   * @throws IllegalArgumentException naming the first layer without a rule, and its option
   */
  public static LayerGraph compile(Architecture architecture, InputShape input) {
    Dl4jLayout data =
        takesImages(architecture.vertices().get(0))
            ? Dl4jLayout.VECTOR.withImage(input)
            : Dl4jLayout.VECTOR;
    return new Dl4jCompiler(architecture, data).graph();
  }

  /** DL4J puts a preprocessor before a first layer that takes flattened images. */
  private static boolean takesImages(Architecture.Vertex first) {
    return first.vertex() instanceof LayerVertex vertex
        && vertex.getPreProcessor() == null
        && (first.layer().getLayer() instanceof ConvolutionLayer
            || first.layer().getLayer() instanceof SubsamplingLayer);
  }

  private LayerGraph graph() {
    signals.put(architecture.inputs().get(0), taken());
    List<Architecture.Vertex> vertices = architecture.vertices();
    requireTaken(vertices);
    vertices.forEach(this::add);
    Architecture.Vertex last = architecture.last();
    if (signals.get(last.name()).layout().sequence() != null) {
      throw NoRule.of(last.label() + ": an output at every position", "one class an example");
    }
    return new LayerGraph(MaximaFirst.of(nodes));
  }

  /** The data, as the first vertex takes them. */
  private Signal taken() {
    if (data.image() == null) {
      return new Signal(LayerGraph.DATA, data);
    }
    Dl4jStep entering = Dl4jReshaping.entering(data.image(), Dl4jLayout.VECTOR);
    return new Signal(add(entering.rules(), LayerGraph.DATA), data);
  }

  private void add(Architecture.Vertex vertex) {
    try {
      if (vertex.vertex().getClass() == ElementWiseVertex.class) {
        addElements(vertex, (ElementWiseVertex) vertex.vertex());
      } else {
        addRules(vertex);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(vertex.label(), e.getMessage()), e);
    }
  }

  /** Refuses a vertex whose output nothing takes. The last vertex is then the output. */
  private void requireTaken(List<Architecture.Vertex> vertices) {
    Set<String> taken = new HashSet<>(architecture.outputs());
    vertices.forEach(vertex -> taken.addAll(vertex.inputs()));
    for (Architecture.Vertex vertex : vertices) {
      if (!taken.contains(vertex.name())) {
        throw NoRule.of(vertex.label() + ": a loose end", "one output");
      }
    }
  }

  /** A vertex's rules one after another, the first on what the vertex takes. */
  private void addRules(Architecture.Vertex vertex) {
    Signal input = input(vertex);
    Dl4jStep step = Dl4jRules.of(vertex.vertex(), input.layout());
    signals.put(vertex.name(), new Signal(add(step.rules(), input.node()), step.after()));
  }

  /** Adds rules one after another, and returns the last node. */
  private int add(List<Layer> rules, int first) {
    int source = first;
    for (Layer rule : rules) {
      nodes.add(new LayerGraph.Node(rule, List.of(source)));
      source = nodes.size() - 1;
    }
    return source;
  }

  /** The inputs of a vertex; attention has the network's mask as another one. */
  private Signal input(Architecture.Vertex vertex) {
    List<String> besides = vertex.inputs().subList(1, vertex.inputs().size());
    boolean attends = vertex.vertex() instanceof DotProductAttentionVertex;
    List<String> masks = architecture.inputs().subList(1, architecture.inputs().size());
    if (!besides.equals(attends ? masks : List.of())) {
      throw NoRule.of(
          "several inputs %s".formatted(vertex.inputs()),
          attends ? "a vertex and the network's mask " + masks : "one");
    }
    return signal(vertex.inputs().get(0));
  }

  private Signal signal(String name) {
    Signal signal = signals.get(name);
    if (signal == null) {
      throw NoRule.of("the network's input %s".formatted(name), "the first one");
    }
    return signal;
  }

  private void addElements(Architecture.Vertex vertex, ElementWiseVertex elements) {
    Dl4jOptions.of(elements).needs("op", ElementWiseVertex.Op.Add).done();
    List<Signal> inputs = vertex.inputs().stream().map(this::signal).toList();
    nodes.add(new LayerGraph.Node(new Addition(), inputs.stream().map(Signal::node).toList()));
    signals.put(vertex.name(), new Signal(nodes.size() - 1, inputs.get(0).layout()));
  }
}
