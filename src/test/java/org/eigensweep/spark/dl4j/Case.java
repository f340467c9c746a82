package org.eigensweep.spark.dl4j;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
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
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
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
import org.eigensweep.network.preset.Transformer;

/**
 * A small network and its examples.
 *
 * @param model architecture
 * @param loss training loss, its L2 term aside
 * @param l2 coefficient of that
 * @param data the examples
 */
record Case(Model model, Loss loss, double l2, Dataset data) {
  static final double RATE = 0.1;
  static final int BATCH = 30;

  private static final Dataset DIGITS =
      new GeneratedDigits(230, 1, 1).load(new Configuration()).train();
  private static final Model MLP = new Mlp(List.of(9, 7), Activation.TANH, Initialization.PYTORCH);
  private static final Model TRANSFORMER =
      new Transformer(11, 6, 3, 7, 2, Activation.TANH, Initialization.PYTORCH);

  static final Case NORMALIZED = new Case(convolutional(Normalization.BATCH), Loss.MSE, 0, DIGITS);

  static Stream<Case> all() {
    return Stream.of(
        new Case(MLP, Loss.MSE, 0, DIGITS),
        new Case(MLP, Loss.CROSS_ENTROPY, 0.01, DIGITS),
        new Case(convolutional(Normalization.NONE), Loss.MSE, 0.01, DIGITS),
        new Case(TRANSFORMER, Loss.MSE, 0, text()));
  }

  private static Model convolutional(Normalization normalization) {
    return new Cnn(3, Pooling.AVERAGE, normalization, Activation.TANH, Initialization.PYTORCH);
  }

  /**
   * Sentences of five random tokens; the class says whether the first is in the vocabulary's upper
   * half.
   */
  private static Dataset text() {
    int examples = 100;
    float[] planes = new float[examples * 10];
    int[] labels = new int[examples];
    Random random = new Random(5);
    for (int j = 0; j < examples; j++) {
      int tokens = 1 + random.nextInt(5);
      for (int t = 0; t < tokens; t++) {
        planes[10 * j + t] = random.nextInt(11);
        planes[10 * j + 5 + t] = 1; // the mask: what follows fills up
      }
      labels[j] = planes[10 * j] > 5 ? 1 : 0;
    }
    return new Dataset("random", new InputShape(2, 1, 5), 2, planes, labels, "");
  }

  static JavaSparkContext spark() {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2]")
            .setAppName("DL4J on Spark")
            .set("spark.ui.enabled", "false")
            .set("spark.serializer", JavaSerializer.class.getName()));
  }

  Network network() {
    return Network.of(model, data.shape(), data.classes(), loss, l2);
  }

  double[] start() {
    HostMatrix start = network().initialParameters(new SplittableRandom(3));
    return ((HostMatrix.Doubles) start).values();
  }

  static HostMatrix vector(double[] values) {
    return new HostMatrix.Doubles(values.length, 1, values);
  }

  static Device device() {
    return Devices.processor().open(Precision.FLOAT64, 1);
  }

  /** Our own loss. */
  Objective objective(Device device) {
    return network().trainingObjective(device, data, new PassSettings(1 << 20, 1 << 30, 1));
  }

  /** The examples of a step, none of them twice. */
  int[] batch(int step) {
    return new Random(step).ints(0, data.examples()).distinct().limit(BATCH).toArray();
  }

  /** Our own SGD on a part of each batch. */
  double[] sgd(double[] start, int firstStep, int steps, int from, int to) {
    try (Device device = device();
        Objective objective = objective(device);
        Scope scope = device.open()) {
      Matrix theta = scope.copyOf(vector(start));
      Matrix gradient = scope.matrix(start.length, 1);
      for (int step = firstStep; step < firstStep + steps; step++) {
        int[] examples = Arrays.copyOfRange(batch(step), from, to);
        objective.minibatchGradient(theta, examples, gradient);
        device.axpy(-RATE, gradient, theta);
      }
      return theta.toDoubles();
    }
  }
}
