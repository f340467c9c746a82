package org.eigensweep.spark.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.spark.task.DeviceChoice;

/**
 * A small network over built-in digits, seen locally and in parts.
 *
 * @param model the network
 * @param precision of all arithmetic
 */
record Subject(Model model, Precision precision) {
  static final Dataset DIGITS = new GeneratedDigits(230, 1, 1).load(new Configuration()).train();

  /** Statistics of batch normalisation go over 50 examples: five groups, the last of them short. */
  static final PassSettings PASSES = new PassSettings(1 << 18, 1L << 30, 50);

  static final Model MLP = new Mlp(List.of(6), Activation.TANH, Initialization.PYTORCH);
  static final Model NORMALIZED =
      new Cnn(2, Pooling.AVERAGE, Normalization.BATCH, Activation.TANH, Initialization.PYTORCH);

  private static final int COLUMNS = 3;

  /** What an objective says at one point. */
  @SuppressWarnings("ArrayRecordComponent") // compared element by element
  record Seen(
      Evaluation evaluation,
      Evaluation linearized,
      double[] gradient,
      double[] hessianProduct,
      double[] gaussNewtonProduct) {
    /** All numbers but those of the evaluations. */
    double[] vectors() {
      List<Double> all = new ArrayList<>();
      for (double[] some : List.of(gradient, hessianProduct, gaussNewtonProduct)) {
        for (double x : some) {
          all.add(x);
        }
      }
      return all.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  static JavaSparkContext spark(String master) {
    return new JavaSparkContext(settings(master));
  }

  static SparkConf settings(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("parallel objective")
        .set("spark.ui.enabled", "false")
        .set("spark.serializer", JavaSerializer.class.getName());
  }

  Network network() {
    return Network.of(model, DIGITS.shape(), DIGITS.classes(), Loss.MSE);
  }

  Device device() {
    return Devices.processor().open(precision, 1);
  }

  Objective local(Device device) {
    return network().objective(device, DIGITS, PASSES);
  }

  TrainingSet set(JavaSparkContext spark, int partitions) {
    return new TrainingSet(
        spark, DIGITS, ExampleRange.of(DIGITS.examples(), network().coupled(PASSES), partitions));
  }

  /** The loss over the parts of a set, watched, with the whole on a device of the driver. */
  ParallelObjective parallel(TrainingSet set, Reduction reduction, Device device) {
    Model model = this.model;
    LossFactory factory =
        (there, part) ->
            Network.of(model, part.shape(), part.classes(), Loss.MSE)
                .objective(there, part, PASSES);
    return new ParallelObjective(
        local(device),
        set,
        new PartitionCache.Setup(WatchedLoss.of(factory), precision, 1, DeviceChoice.AUTO),
        reduction,
        purpose -> {});
  }

  /** Everything at a random point and for a random block. */
  static Seen at(Objective objective, long seed) {
    return at(objective, seed, () -> {});
  }

  /** The same, with something that happens between the linearisation and its products. */
  static Seen at(Objective objective, long seed, Runnable between) {
    int n = objective.parameters();
    try (Scope scope = objective.device().open()) {
      Matrix theta = scope.copyOf(random(n, 1, seed));
      Matrix block = scope.copyOf(random(n, COLUMNS, seed + 1));
      Matrix hessian = scope.matrix(n, COLUMNS);
      Matrix gaussNewton = scope.matrix(n, COLUMNS);
      Evaluation evaluation = objective.evaluate(theta);
      try (Linearization here = objective.linearize(theta)) {
        between.run();
        here.hessianProduct(block, hessian);
        here.gaussNewtonProduct(block, gaussNewton);
        return new Seen(
            evaluation,
            here.evaluation(),
            here.gradient().toDoubles(),
            hessian.toDoubles(),
            gaussNewton.toDoubles());
      }
    }
  }

  private static HostMatrix random(int rows, int columns, long seed) {
    double[] values = new Random(seed).doubles((long) rows * columns, -0.3, 0.3).toArray();
    return new HostMatrix.Doubles(rows, columns, values);
  }
}
