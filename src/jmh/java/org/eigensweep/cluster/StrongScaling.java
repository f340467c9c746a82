package org.eigensweep.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.spark.parallel.SpreadProducts;

/**
 * Hessian products of the MLP 784-200-200-10 over 5,000 and over 20,000 digits in float32 and two
 * parts, on one and on two executors of one core. Master and workers are processes of this machine,
 * which needs a core for each worker. The two take turns; the medians of a turn are printed, beside
 * the same product on one thread of this process.
 */
public final class StrongScaling {
  private static final int PARTS = 2;
  private static final int TURNS = 2;
  private static final int TIMES = 7;

  private StrongScaling() {}

  /** Starts the cluster, measures and prints. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("strong-scaling");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder)) {
      System.out.println("examples  workers  block   here ms  Spark ms");
      for (int examples : new int[] {5000, 20_000}) {
        for (int turn = 0; turn < TURNS; turn++) {
          measure(cluster.master(), examples, 1);
          measure(cluster.master(), examples, 2);
        }
      }
    }
  }

  private static void measure(String master, int examples, int workers) {
    SparkConf settings =
        SpreadProducts.settings(master, "strong scaling")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.cores.max", Integer.toString(workers))
            .set("spark.executor.memory", "800m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.scheduler.minRegisteredResourcesRatio", "1")
            .set("spark.locality.wait", "1h");
    try (JavaSparkContext spark = new JavaSparkContext(settings);
        SpreadProducts products =
            new SpreadProducts(spark, SpreadProducts.mlp(200, 200), examples, PARTS, 1)) {
      for (int columns : new int[] {1, 10}) {
        SpreadProducts.Times times = products.time(columns, TIMES);
        System.out.printf(
            Locale.ROOT,
            "%8d %8d %6d %9.0f %9.0f%n",
            examples,
            workers,
            columns,
            times.here(),
            times.spread());
      }
    }
  }
}
