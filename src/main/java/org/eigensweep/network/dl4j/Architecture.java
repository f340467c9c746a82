package org.eigensweep.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.HostMatrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A DL4J configuration of either kind, read vertex by vertex. */
public sealed interface Architecture {
  /**
   * A part of a network.
   *
   * @param name DL4J's name of it; layer0, layer1, ... in a sequence that gave none
   * @param vertex what it does
   * @param inputs names of the vertices, or of the network's inputs, that it takes
   */
  record Vertex(String name, GraphVertex vertex, List<String> inputs) {
    /** The layer's configuration; null for a vertex that is no layer. */
    public NeuralNetConfiguration layer() {
      return vertex instanceof LayerVertex layer ? layer.getLayerConf() : null;
    }

    /** The vertex by name and class, for messages, as in "layer0 (DenseLayer)". */
    public String label() {
      Object what = layer() == null ? vertex : layer().getLayer();
      return "%s (%s)".formatted(name, what.getClass().getSimpleName());
    }
  }

  /**
   * Reads a configuration that {@link #canonical} wrote.
   *
   * @param json of either kind
   */
  static Architecture parse(String json) {
    return json.contains("\"networkInputs\"")
        ? new Graph(ComputationGraphConfiguration.fromJson(json))
        : new Sequential(MultiLayerConfiguration.fromJson(json));
  }

  /** DL4J's own object. */
  Object configuration();

  /**
   * The configuration in DL4J's JSON, in float64, without what is no part of the network: seeds,
   * updaters, and how long it was trained. The same network has the same text, whether it was
   * trained or not.
   */
  default String canonical() {
    return CanonicalConfiguration.of(this);
  }

  /**
   * Parameters as DL4J draws them, n × 1.
   *
   * @param seed root of its random numbers
   */
  default HostMatrix drawn(long seed) {
    double[] theta = create(seed).parameters().toDoubleVector();
    return new HostMatrix.Doubles(theta.length, 1, theta);
  }

  /** Names of the network's inputs: the examples, and a mask where there are two. */
  List<String> inputs();

  /** Names of the vertices whose outputs are the network's. */
  List<String> outputs();

  /** The parts, each after those it takes from, in the order of the parameter vector. */
  List<Vertex> vertices();

  /** The part that makes the first output. */
  default Vertex last() {
    return vertices().stream()
        .filter(vertex -> vertex.name().equals(outputs().get(0)))
        .findFirst()
        .orElseThrow();
  }

  /** DL4J's type of the parameters. */
  DataType dataType();

  /** A new DL4J network whose parameters are views of a vector, to which nothing is written. */
  Dl4jModel over(INDArray parameters);

  /**
   * A new DL4J network, initialised by DL4J.
   *
   * @param seed root of its random numbers
   */
  Dl4jModel create(long seed);

  /** A sequence of layers. */
  record Sequential(MultiLayerConfiguration configuration) implements Architecture {
    @Override
    public List<String> inputs() {
      return List.of("input");
    }

    @Override
    public List<String> outputs() {
      List<Vertex> vertices = vertices();
      return List.of(vertices.get(vertices.size() - 1).name());
    }

    @Override
    public List<Vertex> vertices() {
      List<Vertex> vertices = new ArrayList<>();
      String before = "input";
      for (int l = 0; l < configuration.getConfs().size(); l++) {
        NeuralNetConfiguration layer = configuration.getConf(l);
        String given = layer.getLayer().getLayerName();
        String name = given == null ? "layer" + l : given;
        GraphVertex vertex = new LayerVertex(layer, configuration.getInputPreProcess(l));
        vertices.add(new Vertex(name, vertex, List.of(before)));
        before = name;
      }
      return vertices;
    }

    @Override
    public DataType dataType() {
      return configuration.getDataType();
    }

    @Override
    public Dl4jModel over(INDArray parameters) {
      MultiLayerNetwork network = new MultiLayerNetwork(configuration.clone());
      network.init(parameters, false);
      return new Dl4jModel.Sequential(network);
    }

    @Override
    public Dl4jModel create(long seed) {
      MultiLayerConfiguration seeded = configuration.clone();
      seeded.getConfs().forEach(layer -> layer.setSeed(seed));
      MultiLayerNetwork network = new MultiLayerNetwork(seeded);
      network.init();
      return Dl4jModel.of(network);
    }
  }

  /** A graph. */
  record Graph(ComputationGraphConfiguration configuration) implements Architecture {
    @Override
    public List<String> inputs() {
      return configuration.getNetworkInputs();
    }

    @Override
    public List<String> outputs() {
      return configuration.getNetworkOutputs();
    }

    @Override
    public List<Vertex> vertices() {
      GraphIndices indices = new ComputationGraph(configuration.clone()).calculateIndices();
      List<Vertex> vertices = new ArrayList<>();
      for (int index : indices.getTopologicalSortOrder()) {
        String name = indices.getIdxToName().get(index);
        GraphVertex vertex = configuration.getVertices().get(name);
        if (vertex != null) { // the network's inputs are in the order too
          vertices.add(new Vertex(name, vertex, configuration.getVertexInputs().get(name)));
        }
      }
      return vertices;
    }

    @Override
    public DataType dataType() {
      return configuration.getDataType();
    }

    @Override
    public Dl4jModel over(INDArray parameters) {
      ComputationGraph graph = new ComputationGraph(configuration.clone());
      graph.init(parameters, false);
      return new Dl4jModel.Graph(graph);
    }

    @Override
    public Dl4jModel create(long seed) {
      ComputationGraphConfiguration seeded = configuration.clone();
      seeded.getDefaultConfiguration().setSeed(seed);
      for (GraphVertex vertex : seeded.getVertices().values()) {
        if (vertex instanceof LayerVertex layer) {
          layer.getLayerConf().setSeed(seed);
        }
      }
      ComputationGraph graph = new ComputationGraph(seeded);
      graph.init();
      return Dl4jModel.of(graph);
    }
  }
}
