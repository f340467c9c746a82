package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.RmsPropUpdater;
import org.nd4j.linalg.learning.SgdUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The arithmetic against ND4J's updaters, whose conventions are mapped to ours. */
class Nd4jUpdatersTest extends OnFloat64Device {
  private static final double RATE = 0.03; // ND4J's momentum holds its own: it must not change

  /** What an updater of ND4J makes of a gradient: what is added to the parameters. */
  private interface Updater {
    INDArray displacement(INDArray gradient, int step);
  }

  /** Roundings of 200 steps of numbers up to ten; the conventions differ by far more. */
  private static void assertSamePath(double[] ours, double[] theirs) {
    assertThat(ours).containsExactly(theirs, within(1e-11));
  }

  private double[] ours(String kind, Map<String, Double> values) {
    SortedMap<String, Double> all = new TreeMap<>(values);
    Optimizer optimizer = new OptimizerSettings(kind, all).open(scope, NoisyParabola.N);
    return new Walk(scope, step -> RATE).steps(optimizer, NoisyParabola.STEPS);
  }

  private static double[] theirs(Updater updater) {
    double[] theta = NoisyParabola.start();
    for (int step = 0; step < NoisyParabola.STEPS; step++) {
      INDArray gradient = Nd4j.createFromArray(NoisyParabola.gradient(step, theta));
      double[] displacement = updater.displacement(gradient, step).toDoubleVector();
      for (int i = 0; i < theta.length; i++) {
        theta[i] += displacement[i];
      }
    }
    return theta;
  }

  private static INDArray zeros() {
    return Nd4j.zeros(DataType.DOUBLE, NoisyParabola.N);
  }

  @Test
  void sgd() {
    var updater = new SgdUpdater(new org.nd4j.linalg.learning.config.Sgd(RATE));
    assertSamePath(
        ours("sgd", Map.of()),
        theirs(
            (gradient, step) -> {
              updater.applyUpdater(gradient, step, 0);
              return gradient.neg();
            }));
  }

  @Test
  void nesterov() {
    var updater = new NesterovsUpdater(new Nesterovs(RATE, 0.85));
    updater.setState(Map.of("V", zeros()), false);
    assertSamePath(
        ours("nesterov", Map.of("beta", 0.85)),
        theirs(
            (gradient, step) -> {
              updater.applyUpdater(gradient, step, 0);
              return gradient.neg();
            }));
  }

  /** ND4J has none, but the velocity that its Nesterov keeps is the heavy ball's displacement. */
  @Test
  void heavyBall() {
    var updater = new NesterovsUpdater(new Nesterovs(RATE, 0.85));
    updater.setState(Map.of("V", zeros()), false);
    assertSamePath(
        ours("heavy-ball", Map.of("beta", 0.85)),
        theirs(
            (gradient, step) -> {
              updater.applyUpdater(gradient, step, 0);
              return updater.getState().get("V");
            }));
  }

  /** From squares of 0, as PyTorch begins, not of ε. */
  @Test
  void rmsProp() {
    var config = new org.nd4j.linalg.learning.config.RmsProp(RATE, 0.95, 1e-3);
    var updater = new RmsPropUpdater(config);
    updater.setState(Map.of("G", zeros()), false);
    assertSamePath(
        ours("rmsprop", Map.of("beta", 0.95, "epsilon", 1e-3)),
        theirs(
            (gradient, step) -> {
              updater.applyUpdater(gradient, step, 0);
              return gradient.neg();
            }));
  }

  /** With ε·√(1−β₂ᵗ) as ND4J's ε of step t. */
  @Test
  void adam() {
    double epsilon = 1e-3;
    Map<String, INDArray> state = Map.of("M", zeros(), "V", zeros());
    double[] ours = ours("adam", Map.of("beta1", 0.85, "beta2", 0.99, "epsilon", epsilon));
    assertSamePath(
        ours,
        theirs(
            (gradient, step) ->
                adam(gradient, step, state, epsilon * Math.sqrt(1 - Math.pow(0.99, step + 1)))));
    Map<String, INDArray> other = Map.of("M", zeros(), "V", zeros());
    double[] unmapped = theirs((gradient, step) -> adam(gradient, step, other, epsilon));
    assertThat(unmapped[0]).as("where ε matters").isNotCloseTo(ours[0], within(1e-3));
  }

  private static INDArray adam(
      INDArray gradient, int step, Map<String, INDArray> state, double epsilon) {
    var config = new org.nd4j.linalg.learning.config.Adam(RATE, 0.85, 0.99, epsilon);
    var updater = new AdamUpdater(config);
    updater.setState(state, false);
    updater.applyUpdater(gradient, step, 0);
    return gradient.neg();
  }
}
