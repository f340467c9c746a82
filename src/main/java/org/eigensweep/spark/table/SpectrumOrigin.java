package org.eigensweep.spark.table;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the rows of a spectrum go back to.
 *
 * @param model name of the model's file
 * @param curvature exact, or why it is by finite differences
 * @param l2 coefficients of the L2 term in the training loss, by name of the parameter
 * @param l2Value what they add to the loss
 * @param leftOut what the configuration has and the loss has not; null if nothing
 * @param trainSource origin of the training set
 * @param trainSha256 digest of the training set
 * @param build settings, version and commit
 */
public record SpectrumOrigin(
    String model,
    String curvature,
    Map<String, Double> l2,
    double l2Value,
    String leftOut,
    String trainSource,
    String trainSha256,
    Map<String, String> build) {
  /** As in "layer0.W=1.0E-4, layer1.W=1.0E-4"; null where there is no L2 term. */
  String l2Coefficients() {
    return l2.isEmpty()
        ? null
        : l2.entrySet().stream().map(Object::toString).collect(Collectors.joining(", "));
  }
}
