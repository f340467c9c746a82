package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.network.Dl4jModels;
import org.eigensweep.network.Samples;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A saved network's loss, gradient and Hessian products beside DL4J's score: its value, its slopes
 * and its second differences, none of which uses a gradient.
 */
final class AgainstScore {
  private AgainstScore() {}

  /**
   * Throws what refuses the network, or an AssertionError naming the number that is not DL4J's.
   *
   * @param dl4j the network whose score is meant; it is moved
   */
  static void measure(SavedCase one, Model dl4j) {
    Score score = new Score(dl4j, one.data());
    SavedNetwork saved = SavedNetwork.of(Dl4jModels.of(one.network().get()));
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open();
        Objective objective = saved.trainingObjective(device, one.data(), Samples.PASSES)) {
      Matrix theta = scope.copyOf(saved.parameters());
      try (Linearization here = objective.linearize(theta)) {
        if (one.verdict() == Verdict.EXACT) {
          assertThat(saved.missingRule()).isEmpty();
        } else {
          assertThat(saved.missingRule().orElse("")).contains(one.says());
        }
        if (!Double.isFinite(here.evaluation().loss())) {
          throw new NotFiniteException("the training loss"); // as the study does
        }
        // the loss is DL4J's score, to the rounding of a sum of ten losses
        assertThat(here.evaluation().loss())
            .isCloseTo(score.at(saved.parameters(), 0, null, 0, null), within(1e-10));
        compare(saved.parameters(), here, score, scope);
      }
    }
  }

  /** DL4J's score as a function of θ, whole, in training mode. */
  record Score(Model model, Dataset data) {
    double at(HostMatrix theta, double a, double[] v, double b, double[] w) {
      double[] moved = theta.toDoubles().clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (v == null ? 0 : a * v[i]) + (w == null ? 0 : b * w[i]);
      }
      model.setParams(Nd4j.createFromArray(moved).reshape(1, moved.length));
      Dl4jExamples examples = Dl4jExamples.of(Dl4jModels.of(model), data);
      int[] all = IntStream.range(0, data.examples()).toArray();
      INDArray labels = examples.labels(all);
      INDArray inputs = examples.inputs(all)[0];
      return model instanceof MultiLayerNetwork sequence
          ? sequence.score(new DataSet(inputs, labels), true)
          : ((ComputationGraph) model).score(new MultiDataSet(inputs, labels), true);
    }

    double slope(HostMatrix theta, double[] v, double h) {
      return (at(theta, h, v, 0, null) - at(theta, -h, v, 0, null)) / (2 * h);
    }

    /** The mixed second difference along two vectors. */
    double mixed(HostMatrix theta, double[] v, double[] w, double h) {
      double sum = 0;
      for (int a : new int[] {1, -1}) {
        for (int b : new int[] {1, -1}) {
          sum += a * b * at(theta, a * h, v, b * h, w);
        }
      }
      return sum / (4 * h * h);
    }
  }

  /**
   * Extrapolated from steps of h and 2h, so that of the truncation, 1e-8 of a third derivative, a
   * few 1e-16 of a fifth are left; rounding is 1e-16 of the loss over h, or over 4h². Products that
   * are differences themselves have steps of 1e-3 where weights are some 40, and a truncation of up
   * to 1e-4.
   */
  private static void compare(HostMatrix theta, Linearization here, Score score, Scope scope) {
    int n = theta.rows();
    Matrix block = scope.copyOf(Samples.normal(n, 1, 7));
    block.device().scale(1 / block.device().norm(block), block);
    double[] v = block.toDoubles();
    double loss = here.evaluation().loss();
    assertThat(block.device().dot(here.gradient(), block))
        .isCloseTo(extrapolated(h -> score.slope(theta, v, h)), within(1e-7 * (1 + loss)));
    Matrix product = scope.matrix(n, 1);
    here.hessianProduct(block, product);
    double length = block.device().norm(product);
    double[] w = product.toDoubles();
    for (int i = 0; i < n; i++) {
      w[i] /= length == 0 ? 1 : length;
    }
    // along Hv/‖Hv‖ the curvature with v is ‖Hv‖, and no other vector's is as long
    assertThat(extrapolated(h -> score.mixed(theta, v, w, h)))
        .isCloseTo(length, within(1e-4 * length + 1e-6 * (1 + loss)));
    double[] other = Samples.normal(n, 1, 8).values();
    for (int i = 0; i < n; i++) {
      other[i] /= Math.sqrt(n);
    }
    double expected = 0;
    for (int i = 0; i < n; i++) {
      expected += other[i] * w[i] * length;
    }
    assertThat(extrapolated(h -> score.mixed(theta, v, other, h)))
        .isCloseTo(expected, within(1e-4 * (length + Math.abs(expected)) + 1e-6 * (1 + loss)));
  }

  private static double extrapolated(DoubleUnaryOperator difference) {
    double h = 1e-4;
    return (4 * difference.applyAsDouble(h) - difference.applyAsDouble(2 * h)) / 3;
  }
}
