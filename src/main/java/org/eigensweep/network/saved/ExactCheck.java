package org.eigensweep.network.saved;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.compile.Dl4jLoss;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.pass.Batch;
import org.eigensweep.network.pass.Examples;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.LossRule;
import org.eigensweep.network.pass.PassSettings;

/**
 * Compares a network's derivative rules with DL4J before curvature is called exact: the number of
 * parameters, and the loss at θ, which must equal DL4J's score.
 *
 * <p>The losses of the first examples are compared. A rule is one function for all examples, so a
 * rule that is not DL4J's differs on the first ones already. To compare all examples would cost as
 * much as a Hessian-vector product.
 */
record ExactCheck(Device device, Dl4jModel model, LayerGraph graph, Dl4jLoss loss) {
  /** Examples whose loss is compared, where they do not depend on each other. */
  private static final int SAMPLE = 100;

  /**
   * Compares number of parameters and loss.
   *
   * @param theta the network's parameters, where the model is
   * @param data examples that fit it
   * @param settings which examples batch normalisation takes together
   * @throws IllegalArgumentException if they differ
   */
  void require(MatrixSource theta, Dataset data, PassSettings settings) {
    if (graph.parameters() != theta.rows()) {
      throw new IllegalArgumentException(
          "the derivative rules have %d parameters, DL4J's network has %d: expected the same, no curvature is given"
              .formatted(graph.parameters(), theta.rows()));
    }
    int together = graph.couplesExamples() ? settings.batchNormExamples() : SAMPLE;
    Dataset some = data.slice(0, Math.min(together, data.examples()));
    try (Scope scope = device.open()) {
      requireLoss(scope.copyOf(theta), some, scope);
    }
  }

  private void requireLoss(Matrix theta, Dataset some, Scope scope) {
    Examples examples = Examples.of(device, graph, some, scope);
    Batch batch = examples.batch(0, some.examples());
    double[] outputs = graph.forward(theta, batch, scope).output().toDoubles();
    double mine = scored(outputs, some);
    double theirs = dl4js(some);
    if (!Double.isFinite(mine) && !Double.isFinite(theirs)) {
      return; // nothing to compare: whoever takes the loss at this point tells that it diverged
    }
    // A loss is a difference of outputs, so it is no nearer than their rounding.
    double largest = Arrays.stream(outputs).map(Math::abs).max().orElse(0);
    double rounding = 16 * device.precision().roundoff() * largest;
    double allowed = Double.isFinite(theirs) ? tolerance() * Math.abs(theirs) + rounding : 0;
    if (!(Math.abs(mine - theirs) <= allowed)) {
      throw new IllegalArgumentException(
          "the derivative rules give the loss %.12g, DL4J's own score is %.12g for the first %d examples: expected the same to %.0e, no curvature is given"
              .formatted(mine, theirs, some.examples(), tolerance()));
    }
  }

  /** Far over what rounding makes of a sum of losses, and far under what an option changes. */
  private double tolerance() {
    return device.precision() == Precision.FLOAT64 ? 1e-10 : 1e-5;
  }

  private double scored(double[] outputs, Dataset some) {
    int classes = some.classes();
    LossRule rule = loss.over(classes);
    double sum = 0;
    for (int j = 0; j < some.examples(); j++) {
      sum += rule.of(outputs, j * classes, classes, some.labels()[j]);
    }
    return sum / some.examples();
  }

  private double dl4js(Dataset some) {
    Dl4jExamples examples = Dl4jExamples.of(model, some);
    int[] all = IntStream.range(0, some.examples()).toArray();
    return model.score(examples.labels(all), examples.inputs(all));
  }
}
