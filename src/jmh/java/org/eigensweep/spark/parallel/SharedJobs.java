package org.eigensweep.spark.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Network;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.task.DeviceChoice;

/**
 * Whether products of several trials should share a Spark job: a thread and a job for each, as they
 * are, against one job whose tasks make the products of all trials, which never wait for each
 * other. So the gain is the most that sharing could bring. The argument is the master.
 */
public final class SharedJobs {
  private static final int EXAMPLES = 1000;
  private static final int PARTS = 2;
  private static final int TIMES = 15;
  private static final int ROUNDS = 5;

  private final JavaSparkContext spark;
  private final TrainingSet set;
  private final List<Broadcast<PartitionCache>> places = new ArrayList<>();
  private final Broadcast<LinearizationPoint> point;
  private final HostMatrix block;

  private SharedJobs(JavaSparkContext spark, Dataset digits, Mlp model, int trials, int columns) {
    this.spark = spark;
    this.set = new TrainingSet(spark, digits, ExampleRange.of(digits.examples(), 1, PARTS));
    Network network = Network.of(model, digits.shape(), digits.classes(), Loss.MSE);
    int n = network.parameters();
    this.point = spark.broadcast(new LinearizationPoint(1, floats(n, 1)));
    this.block = floats(n, columns);
    LossFactory loss = SpreadProducts.loss(model);
    for (int i = 0; i < trials; i++) {
      places.add(
          spark.broadcast(
              new PartitionCache(
                  new PartitionCache.Setup(loss, Precision.FLOAT32, 1, DeviceChoice.AUTO))));
    }
  }

  private static HostMatrix floats(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.05, 0.05);
    }
    return new HostMatrix.Floats(rows, columns, values);
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    SparkConf settings =
        SpreadProducts.settings(arguments[0], "jobs of their own and shared jobs")
            .set("spark.scheduler.mode", "FAIR");
    Dataset digits = SpreadProducts.digits(EXAMPLES);
    System.out.println("hidden  trials  block  ms a product  in shared jobs  gain");
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      for (int hidden : new int[] {50, 200}) {
        for (int trials : new int[] {2, 4}) {
          for (int columns : new int[] {1, 10}) {
            Mlp model = SpreadProducts.mlp(hidden, hidden);
            report(new SharedJobs(spark, digits, model, trials, columns), hidden);
          }
        }
      }
    }
  }

  private static void report(SharedJobs jobs, int hidden)
      throws InterruptedException, ExecutionException {
    int trials = jobs.places.size();
    ExecutorService threads = Executors.newFixedThreadPool(trials);
    double[] own = new double[ROUNDS];
    double[] shared = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      double alone = jobs.own(threads) / (trials * TIMES);
      double together = jobs.shared() / (trials * TIMES);
      if (round >= 0) { // the first linearises, and compiles
        own[round] = alone;
        shared[round] = together;
      }
    }
    threads.shutdown();
    jobs.close();
    double a = SpreadProducts.median(own);
    double b = SpreadProducts.median(shared);
    System.out.printf(
        Locale.ROOT,
        "%6d %7d %6d %13.1f %15.1f %4.0f%%%n",
        hidden,
        trials,
        jobs.block.columns(),
        a,
        b,
        100 * (1 - b / a));
  }

  private double own(ExecutorService threads) throws InterruptedException, ExecutionException {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Broadcast<PartitionCache> place = places.get(i);
      String pool = "trial " + i;
      calls.add(
          () -> {
            spark.setLocalProperty("spark.scheduler.pool", pool);
            for (int time = 0; time < TIMES; time++) {
              product(List.of(place));
            }
            return true;
          });
    }
    long start = System.nanoTime();
    for (var call : threads.invokeAll(calls)) {
      call.get();
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private double shared() {
    return SpreadProducts.milliseconds(
        () -> IntStream.range(0, TIMES).forEach(time -> product(places)));
  }

  /** A job that makes a product of each of these trials, and the sums of its parts. */
  private void product(List<Broadcast<PartitionCache>> trials) {
    Broadcast<LinearizationPoint> at = point;
    List<Broadcast<HostMatrix>> sent =
        trials.stream().map(trial -> spark.broadcast(block)).toList();
    CurvatureProduct hessian = Linearization::hessianProduct;
    Function<DataPartition, List<PartialSum>> task =
        part -> {
          List<PartialSum> sums = new ArrayList<>();
          for (int i = 0; i < trials.size(); i++) {
            CachedPartition local = trials.get(i).value().partition(part);
            sums.add(local.product(at.value(), sent.get(i).value(), hessian));
          }
          return sums;
        };
    JavaRDD<List<PartialSum>> products = set.parts().map(task);
    List<List<PartialSum>> parts = products.collect();
    for (int i = 0; i < trials.size(); i++) {
      int trial = i;
      Mean.of(parts.stream().map(sums -> sums.get(trial)).toList());
    }
    sent.forEach(Broadcast::destroy);
  }

  private void close() {
    places.forEach(Broadcast::destroy);
    point.destroy();
    set.close();
  }
}
