package org.eigensweep.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.network.saved.Mode;
import org.eigensweep.network.saved.SavedNetwork;

/**
 * A saved network that is looked at, and what a reader of the numbers has to know of it.
 *
 * @param file a Hadoop path
 * @param mode in which its loss is taken
 */
record ChosenModel(String file, Mode mode) {
  /**
   * Reads it.
   *
   * @throws org.eigensweep.data.DataException if there is no such network
   */
  SavedNetwork read(Configuration hadoop) {
    return ModelFile.read(file, mode, hadoop);
  }

  /** The file's name, with the mode where it is not the one of training. */
  String study() {
    String name = ModelFile.name(file);
    return switch (mode) {
      case TRAINING -> name;
      case EVALUATION -> name + "-evaluation";
    };
  }

  /** Where its curvature comes from. */
  String curvature(SavedNetwork network) {
    String how = network.missingRule().map(m -> "finite differences: " + m).orElse("exact");
    return switch (mode) {
      case TRAINING -> how;
      case EVALUATION -> "in evaluation mode, " + how;
    };
  }

  /** Says what is not as in training, a line each. */
  void describe(SavedNetwork network, PrintStream err) {
    if (mode == Mode.EVALUATION) {
      err.println(
          "evaluation mode: without dropout and noise, and with the running statistics of batch"
              + " normalisation as constants; this is not the loss that was trained on");
    }
    network
        .missingRule()
        .ifPresent(
            missing ->
                err.printf(
                    "finite differences of DL4J's gradient in float64, good to about nine digits"
                        + " where the network is smooth, because %s%n",
                    missing));
    if (!network.thawed().isEmpty()) {
      err.printf(
          "frozen layers are taken like all others: %s; --layer takes the block of the rest%n",
          String.join(", ", network.thawed()));
    }
    leftOut(network).ifPresent(what -> err.println("left out: " + what));
  }

  /** What DL4J's training does besides this loss. */
  static Optional<String> leftOut(SavedNetwork network) {
    List<String> decayed = network.weightDecay();
    return decayed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "weight decay of %s, which is part of the update and not of the loss"
                .formatted(String.join(", ", decayed)));
  }
}
