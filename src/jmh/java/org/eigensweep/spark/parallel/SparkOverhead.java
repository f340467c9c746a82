package org.eigensweep.spark.parallel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Nd4jDevice;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.GeneratedDigits;
import org.eigensweep.network.Activation;
import org.eigensweep.network.Initialization;
import org.eigensweep.network.Loss;
import org.eigensweep.network.Mlp;
import org.eigensweep.network.Network;
import org.eigensweep.network.PassSettings;

/**
 * What Spark adds to a block of Hessian products over 1,000 digits in float32: two networks, blocks
 * of 1 and 10, 2 and 8 parts, against the same product in this process on as many threads. The
 * medians of some products taken in turn. The argument is the master, such as {@code local[2]}.
 */
public final class SparkOverhead {
  private static final Dataset DIGITS =
      new GeneratedDigits(1000, 10, 0).load(new Configuration()).train();
  private static final PassSettings PASSES = new PassSettings(16L << 20, 1L << 30, 1000);
  private static final int TIMES = 7;

  private final JavaSparkContext spark;
  private final Mlp mlp;
  private final Network network;
  private final int slots;

  private SparkOverhead(JavaSparkContext spark, List<Integer> hidden) {
    this.spark = spark;
    this.mlp = new Mlp(hidden, Activation.TANH, Initialization.PYTORCH);
    this.network = Network.of(mlp, DIGITS.shape(), DIGITS.classes(), Loss.MSE);
    this.slots = spark.defaultParallelism();
  }

  /** Measures and prints. */
  public static void main(String[] arguments) {
    SparkConf settings =
        new SparkConf()
            .setMaster(arguments[0])
            .setAppName("what Spark adds to a product")
            .set("spark.ui.enabled", "false")
            .set("spark.serializer", JavaSerializer.class.getName());
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      System.out.printf("an empty job: %.0f ms%n", emptyJob(spark));
      System.out.println("parameters  block  parts   here ms  Spark ms  ratio");
      for (List<Integer> hidden : List.of(List.of(200, 200), List.of(2000, 1700))) {
        SparkOverhead overhead = new SparkOverhead(spark, hidden);
        for (int parts : new int[] {2, 8}) {
          overhead.measure(parts);
        }
      }
    }
  }

  private static double emptyJob(JavaSparkContext spark) {
    double[] times = new double[2 * TIMES];
    for (int i = 0; i < times.length; i++) {
      times[i] = milliseconds(() -> spark.parallelize(List.of(1, 2), 2).count());
    }
    return median(Arrays.copyOfRange(times, TIMES, times.length));
  }

  private void measure(int parts) {
    Mlp model = mlp;
    LossFactory loss =
        (device, examples) ->
            Network.of(model, examples.shape(), examples.classes(), Loss.MSE)
                .objective(device, examples, PASSES);
    try (Device device = Nd4jDevice.open(Precision.FLOAT32, slots);
        Scope scope = device.open();
        TrainingSet set = new TrainingSet(spark, DIGITS, Cut.of(DIGITS.examples(), 1, parts));
        Objective here = network.objective(device, DIGITS, PASSES);
        ParallelObjective there =
            new ParallelObjective(
                network.objective(device, DIGITS, PASSES),
                set,
                new Workplace.Tools(loss, Precision.FLOAT32, 1),
                Reduction.ORDERED,
                purpose -> {})) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
      try (Linearization local = here.linearize(theta);
          Linearization spread = there.linearize(theta)) {
        for (int columns : new int[] {1, 10}) {
          compare(local, spread, columns, parts, scope);
        }
      }
    }
  }

  private void compare(
      Linearization local, Linearization spread, int columns, int parts, Scope scope) {
    int n = network.parameters();
    Matrix block = scope.matrix(n, columns);
    block.write(new SplittableRandom(1).doubles((long) n * columns, -1, 1).toArray());
    Matrix product = scope.matrix(n, columns);
    double[] here = new double[TIMES];
    double[] there = new double[TIMES];
    local.hessianProduct(block, product);
    spread.hessianProduct(block, product);
    for (int i = 0; i < TIMES; i++) {
      Nd4jDevice.open(Precision.FLOAT32, slots).close(); // threads are one number a process
      here[i] = milliseconds(() -> local.hessianProduct(block, product));
      Nd4jDevice.open(Precision.FLOAT32, 1).close();
      there[i] = milliseconds(() -> spread.hessianProduct(block, product));
    }
    System.out.printf(
        Locale.ROOT,
        "%10d %6d %6d %9.0f %9.0f %6.2f%n",
        n,
        columns,
        parts,
        median(here),
        median(there),
        median(there) / median(here));
  }

  private static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
