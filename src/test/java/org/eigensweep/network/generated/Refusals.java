package org.eigensweep.network.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.network.generated.Outcome.Fault;
import org.eigensweep.network.generated.Outcome.Kind;

/** What a refusal has to be: one line, that names a part of the network, and blames no other. */
final class Refusals {
  private static final Set<String> SAMEDIFF =
      Set.of("attention", "learnedattention", "recurrentattention", "local", "lambda", "attend");

  /** What is said of a network as a whole: its size, or that the data are not for it. */
  private static final List<String> OF_ALL =
      List.of(
          "the network takes",
          "the network has",
          "the network knows",
          "the network does not take the data",
          "a network without parameters",
          "backpropType is not Standard", // an option of the whole network
          "regularisation adds", // of all layers together
          "configuration.json:"); // what is read before there are layers

  private Refusals() {}

  static Optional<Fault> fault(Case network, Model model, String message) {
    if (message == null || message.isBlank() || message.lines().count() != 1) {
      return wrong("not one line: " + message);
    }
    if (!message.contains("expected") && !message.contains("save the network")) {
      return wrong("does not say what was expected, or what to do: " + message);
    }
    if (OF_ALL.stream().noneMatch(message::contains)
        && names(network, model).stream().noneMatch(message::contains)) {
      return wrong("names no layer: " + message);
    }
    boolean sameDiff = network.nodes().stream().anyMatch(node -> SAMEDIFF.contains(node.kind()));
    if (message.contains("SameDiff") && !sameDiff) {
      return wrong("blames a SameDiff layer, and there is none: " + message);
    }
    return Optional.empty();
  }

  private static Optional<Fault> wrong(String text) {
    return Optional.of(new Fault(Kind.REFUSAL, text));
  }

  /** Of layers and vertices, by DL4J's name and by class. */
  private static List<String> names(Case network, Model model) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < network.nodes().size(); i++) {
      names.add(network.name(i));
      if (Vertices.has(network.nodes().get(i).kind())) {
        names.add(Vertices.of(network.nodes().get(i)).getClass().getSimpleName());
      }
    }
    Layer[] layers =
        model instanceof ComputationGraph graph
            ? graph.getLayers()
            : ((MultiLayerNetwork) model).getLayers();
    for (Layer layer : layers) {
      names.add(layer.conf().getLayer().getClass().getSimpleName());
    }
    return names;
  }
}
