package org.eigensweep.network.generated;

import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of a case. */
final class Parameters {
  private Parameters() {}

  /**
   * Draws them: {@code weights} is near (DL4J's own and something on top, so that biases are not
   * 0), ties (multiples of a half), rows (all of a parameter alike), zero, dead (biases far below
   * zero) or large. The statistics of batch normalisation stay as they are, since a variance is
   * positive.
   */
  static void draw(Case network, Model model) {
    Random random = new Random(network.seed() * 17 + 3);
    String weights = network.setting("weights", "near");
    for (Map.Entry<String, INDArray> entry : model.paramTable().entrySet()) {
      String key = entry.getKey();
      if (key.endsWith("_mean") || key.endsWith("_var") || key.endsWith("_log10stdev")) {
        continue;
      }
      INDArray view = entry.getValue();
      double alike = random.nextGaussian() / 2;
      for (long i = 0; i < view.length(); i++) {
        double drawn = view.getDouble(i) + 0.3 * random.nextGaussian();
        view.putScalar(
            i,
            switch (weights) {
              case "near" -> drawn;
              case "ties" -> Math.rint(2 * drawn) / 2;
              case "rows" -> alike;
              case "zero" -> 0;
              case "dead" -> key.endsWith("_b") ? drawn - 5 : drawn;
              case "large" -> 3 * drawn;
              default -> throw new IllegalArgumentException(weights);
            });
      }
    }
  }
}
