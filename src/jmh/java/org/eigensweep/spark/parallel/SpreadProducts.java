package org.eigensweep.spark.parallel;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.task.DeviceChoice;

/**
 * Block Hessian products of an MLP on digits in float32, spread over executors and in this process.
 */
public final class SpreadProducts implements AutoCloseable {
  private static final PassSettings PASSES = new PassSettings(16L << 20, 1L << 30, 1000);

  private final Network network;
  private final Device device;
  private final Scope scope;
  private final TrainingSet set;
  private final Objective here;
  private final ParallelObjective there;
  private final Linearization local;
  private final Linearization spread;

  /**
   * Sends the digits to the executors and linearises at the initial parameters.
   *
   * @param examples number of digits
   * @param parts of them
   * @param threads of this process
   */
  public SpreadProducts(JavaSparkContext spark, Mlp model, int examples, int parts, int threads) {
    Dataset digits = digits(examples);
    network = Network.of(model, digits.shape(), digits.classes(), Loss.MSE);
    device = Devices.processor().open(Precision.FLOAT32, threads);
    scope = device.open();
    set = new TrainingSet(spark, digits, ExampleRange.of(digits.examples(), 1, parts));
    here = network.objective(device, digits, PASSES);
    there =
        new ParallelObjective(
            network.objective(device, digits, PASSES),
            set,
            new PartitionCache.Setup(loss(model), Precision.FLOAT32, 1, DeviceChoice.AUTO),
            Reduction.ORDERED,
            purpose -> {});
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
    local = here.linearize(theta);
    spread = there.linearize(theta);
  }

  static Dataset digits(int examples) {
    return new GeneratedDigits(examples, 10, 0).load(new Configuration()).train();
  }

  static LossFactory loss(Mlp model) {
    return (device, examples) ->
        Network.of(model, examples.shape(), examples.classes(), Loss.MSE)
            .objective(device, examples, PASSES);
  }

  /** What every benchmark of spread products asks of Spark. */
  public static SparkConf settings(String master, String name) {
    return new SparkConf()
        .setMaster(master)
        .setAppName(name)
        .set("spark.ui.enabled", "false")
        .set("spark.serializer", JavaSerializer.class.getName());
  }

  /** A network with tanh between its layers. */
  public static Mlp mlp(Integer... hidden) {
    return new Mlp(List.of(hidden), Activation.TANH, Initialization.PYTORCH);
  }

  /** Number of parameters. */
  public int parameters() {
    return network.parameters();
  }

  /**
   * Times products in turn, after one of each that is not counted.
   *
   * @param columns of the block
   * @return the medians in milliseconds
   */
  public Times time(int columns, int repetitions) {
    try (Scope temporary = device.open()) {
      Matrix block = temporary.matrix(parameters(), columns);
      block.write(new SplittableRandom(1).doubles(block.size(), -1, 1).toArray());
      Matrix product = temporary.matrix(parameters(), columns);
      double[] alone = new double[repetitions];
      double[] together = new double[repetitions];
      local.hessianProduct(block, product);
      spread.hessianProduct(block, product);
      for (int i = 0; i < repetitions; i++) {
        alone[i] = milliseconds(() -> local.hessianProduct(block, product));
        together[i] = milliseconds(() -> spread.hessianProduct(block, product));
      }
      return new Times(median(alone), median(together));
    }
  }

  /**
   * A product's times in milliseconds.
   *
   * @param here in this process
   * @param spread as a Spark job
   */
  public record Times(double here, double spread) {}

  static double milliseconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e6;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Override
  public void close() {
    spread.close();
    local.close();
    there.close();
    here.close();
    set.close();
    scope.close();
    device.close();
  }
}
