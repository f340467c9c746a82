package org.eigensweep.network.saved;

import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.dl4j.Dl4jParts;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;

/**
 * Refuses DL4J configurations whose training loss is not a function with a Hessian: a random loss,
 * a sum over each batch, or a loss whose gradient DL4J truncates or replaces.
 */
final class Dl4jTraining {
  private Dl4jTraining() {}

  /**
   * Checks the whole configuration.
   *
   * @throws IllegalArgumentException naming layer and option
   */
  static void require(Architecture architecture) {
    requireKnown(architecture);
    for (Architecture.Vertex vertex : architecture.vertices()) {
      try {
        if (vertex.vertex() instanceof LayerVertex) {
          requireKnown(vertex.layer());
        }
        Dl4jParts.of(vertex.vertex()).forEach(Dl4jTraining::requireFixed);
        Dl4jParts.of(vertex.vertex()).forEach(Dl4jTraining::requireDifferentiated);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("%s: %s".formatted(vertex.label(), e.getMessage()), e);
      }
    }
  }

  private static void requireKnown(Architecture architecture) {
    Dl4jOptions options =
        Dl4jOptions.of(architecture.configuration())
            .reads("confs", "inputPreProcessors")
            .reads("vertices", "vertexInputs", "networkInputs", "networkOutputs")
            .reads("dataType", "iterationCount", "epochCount") // of the L2 term's schedule
            .ignores("topologicalOrder", "topologicalOrderStr", "defaultConfiguration")
            .ignores("tbpttFwdLength", "tbpttBackLength", "validateOutputLayerConfig")
            .ignores("trainingWorkspaceMode", "inferenceWorkspaceMode", "cacheMode");
    requireValue(
        options,
        "backpropType",
        BackpropType.Standard,
        "the gradient is cut short in time and is that of no loss");
    options.done();
  }

  private static void requireKnown(NeuralNetConfiguration layer) {
    Dl4jOptions options =
        Dl4jOptions.of(layer)
            .reads("layer", "dataType", "iterationCount", "epochCount")
            .ignores("variables", "seed", "cacheMode")
            .ignores("maxNumLineSearchIterations", "optimizationAlgo", "stepFunction");
    requireValue(
        options, "miniBatch", true, "the loss is a sum over each batch and not a mean of examples");
    requireValue(options, "minimize", true, "training climbs the loss instead of descending it");
    options.done();
  }

  private static void requireValue(
      Dl4jOptions options, String option, Object value, String otherwise) {
    try {
      options.needs(option, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is not %s: %s; train and save the network with %1$s = %2$s"
              .formatted(option, value, otherwise),
          e);
    }
  }

  private static void requireFixed(Dl4jParts.Part part) {
    String kind = null;
    if (part.value() instanceof IDropout dropout && !keepsAll(dropout)) {
      kind = "dropout";
    } else if (part.value() instanceof IWeightNoise) {
      kind = "weight noise";
    } else if (part.value() instanceof ActivationRReLU) {
      kind = "activation";
    }
    if (kind != null) {
      throw new IllegalArgumentException(
          "%s (%s.%s = %s) makes the loss random, expected one that is not: save the network without it, or look at its loss in evaluation mode (spectrum --mode evaluation)"
              .formatted(
                  kind, part.owner(), part.option(), part.value().getClass().getSimpleName()));
    }
  }

  /**
   * DL4J differentiates every ELU as the one with α = 1, and the precise GELU as another
   * approximation than its forward pass. The check on a few examples may miss inputs where this
   * shows.
   */
  private static void requireDifferentiated(Dl4jParts.Part part) {
    boolean elu = part.value() instanceof ActivationELU function && function.getAlpha() != 1;
    boolean gelu = part.value() instanceof ActivationGELU function && function.isPrecise();
    if (elu || gelu) {
      throw new IllegalArgumentException(
          "activation (%s.%s = %s) has a derivative in DL4J that is not its slope, expected one whose derivative is: train and save the network with another"
              .formatted(part.owner(), part.option(), part.value()));
    }
  }

  /** DL4J takes a dropout of 1 for one that keeps everything. */
  static boolean keepsAll(IDropout dropout) {
    return dropout.getClass() == Dropout.class
        && ((Dropout) dropout).getP() == 1
        && ((Dropout) dropout).getPSchedule() == null;
  }
}
