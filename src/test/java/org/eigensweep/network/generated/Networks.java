package org.eigensweep.network.generated;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;

/** The DL4J network of a case. */
final class Networks {
  private Networks() {}

  /** The network as a user has it, with its parameters. */
  static Model of(Case network) {
    DataType type = DataType.valueOf(network.setting("type", "DOUBLE"));
    Model model = initialised(network, type);
    Parameters.draw(network, model);
    return model;
  }

  /** The same network with the same parameters in float64, made afresh. */
  static Model inDouble(Case network, Model model) {
    Model twin = initialised(network, DataType.DOUBLE);
    twin.setParams(model.params().castTo(DataType.DOUBLE).dup());
    return twin;
  }

  static byte[] saved(Model model) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ModelSerializer.writeModel(model, bytes, false);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Model initialised(Case network, DataType type) {
    if (network.isGraph()) {
      ComputationGraph graph = new ComputationGraph(graph(network, type));
      graph.init();
      return graph;
    }
    NeuralNetConfiguration.ListBuilder list = settings(network, type).list();
    Layers layers = new Layers(network);
    network.nodes().forEach(node -> list.layer(layers.of(node)));
    list.validateOutputLayerConfig(false);
    if (network.is("truncated")) {
      list.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(2);
    }
    list.setInputType(network.input().type());
    MultiLayerNetwork sequence = new MultiLayerNetwork(list.build());
    sequence.init();
    return sequence;
  }

  private static ComputationGraphConfiguration graph(Case network, DataType type) {
    ComputationGraphConfiguration.GraphBuilder builder = settings(network, type).graphBuilder();
    builder.addInputs("in").setInputTypes(network.input().type());
    Layers layers = new Layers(network);
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      List<String> from = node.from().stream().map(network::name).toList();
      String[] inputs = from.toArray(String[]::new);
      if (Vertices.has(node.kind())) {
        builder.addVertex(network.name(i), Vertices.of(node), inputs);
      } else {
        builder.addLayer(network.name(i), layers.of(node), inputs);
      }
    }
    builder.validateOutputLayerConfig(false);
    builder.setOutputs(network.name(network.nodes().size() - 1));
    return builder.build();
  }

  private static NeuralNetConfiguration.Builder settings(Case network, DataType type) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder()
            .seed(network.seed())
            .dataType(type)
            .miniBatch(!network.is("nominibatch"));
    if (network.settings().containsKey("l2")) {
      builder.l2(network.real("l2", 0));
    }
    if (network.settings().containsKey("decay")) {
      builder.weightDecay(network.real("decay", 0));
    }
    if (!network.setting("drop", "none").equals("none")) {
      builder.dropOut(Functions.dropout(network.setting("drop", "none")));
    }
    if (network.is("training")) {
      // of the updates alone, so that the loss is as without
      builder
          .updater(new Adam(0.01))
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .constrainWeights(new MaxNormConstraint(0.5, 1));
    }
    return builder;
  }

  /** What leaves every node, by DL4J's own account; the first entry is the network's input. */
  static InputType next(Case network, Node node, InputType... inputs) {
    if (Vertices.has(node.kind())) {
      return Vertices.of(node).getOutputType(0, inputs);
    }
    org.deeplearning4j.nn.conf.layers.Layer layer = new Layers(network).of(node);
    var preprocessor = layer.getPreProcessorForInputType(inputs[0]);
    InputType input = preprocessor == null ? inputs[0] : preprocessor.getOutputType(inputs[0]);
    layer.setNIn(input, true);
    return layer.getOutputType(0, input);
  }
}
