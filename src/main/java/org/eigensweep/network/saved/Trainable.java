package org.eigensweep.network.saved;

import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jParts;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * Refuses networks that a sweep would train otherwise than their configuration says: those without
 * exact curvature, with frozen layers, or with parts of DL4J's update that are more than its
 * optimiser.
 */
final class Trainable {
  private Trainable() {}

  /**
   * Checks a network.
   *
   * @throws IllegalArgumentException naming layer and option
   */
  static void require(SavedNetwork network) {
    if (network.missingRule().isPresent()) {
      throw new IllegalArgumentException(
          "a sweep trains with exact curvature alone, but %s: take it out of the network, or look at the saved network with spectrum"
              .formatted(network.missingRule().get()));
    }
    if (!network.thawed().isEmpty()) {
      throw new IllegalArgumentException(
          "frozen layers (%s), expected none, because a sweep trains all layers: save the network with them thawed"
              .formatted(String.join(", ", network.thawed())));
    }
    if (!network.weightDecay().isEmpty()) {
      throw new IllegalArgumentException(
          "weight decay of %s, which is part of DL4J's update, expected none: save the network without it, and set training.optimizer = { kind = adamw, weight-decay = ... } for decay"
              .formatted(String.join(", ", network.weightDecay())));
    }
    for (Architecture.Vertex vertex : network.architecture().vertices()) {
      for (Dl4jParts.Part part : Dl4jParts.of(vertex.vertex())) {
        if (part.value() instanceof Layer layer) {
          require(vertex.label(), layer);
        }
      }
    }
  }

  private static void require(String label, Layer layer) {
    if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
      throw moves(
          label, "constraints = %s move parameters after an update".formatted(names(layer)));
    }
    if (layer instanceof BaseLayer base) {
      GradientNormalization normalization = base.getGradientNormalization();
      if (normalization != null && normalization != GradientNormalization.None) {
        throw moves(
            label, "gradientNormalization = %s changes every update".formatted(normalization));
      }
      requireFixed(label, base.getRegularization());
      requireFixed(label, base.getRegularizationBias());
    }
  }

  private static List<String> names(Layer layer) {
    return layer.getConstraints().stream().map(c -> c.getClass().getSimpleName()).toList();
  }

  private static IllegalArgumentException moves(String label, String what) {
    return new IllegalArgumentException(
        "%s: %s, expected none, because a sweep's optimiser does not: save the network without"
            .formatted(label, what));
  }

  /** A loss that changes as training goes on is not one loss. */
  private static void requireFixed(String label, List<Regularization> all) {
    if (all == null) {
      return;
    }
    for (Regularization one : all) {
      if (one instanceof L2Regularization l2 && !(l2.getL2() instanceof FixedSchedule)) {
        throw new IllegalArgumentException(
            "%s: its L2 coefficient follows a schedule (%s), expected a number: save the network with one"
                .formatted(label, l2.getL2().getClass().getSimpleName()));
      }
    }
  }
}
