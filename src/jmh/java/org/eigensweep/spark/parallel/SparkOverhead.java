package org.eigensweep.spark.parallel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.network.preset.Mlp;

/**
 * What Spark adds to a block of Hessian products over 1,000 digits in float32: two networks, blocks
 * of 1 and 10, 2 and 8 parts, against the same product in this process on as many threads. The
 * medians of some products taken in turn. The argument is the master, such as {@code local[2]}.
 */
public final class SparkOverhead {
  private static final int EXAMPLES = 1000;
  private static final int TIMES = 7;

  private SparkOverhead() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    SparkConf settings = SpreadProducts.settings(arguments[0], "what Spark adds to a product");
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      System.out.printf("an empty job: %.0f ms%n", emptyJob(spark));
      System.out.println("parameters  block  parts   here ms  Spark ms  ratio");
      for (Mlp model : List.of(SpreadProducts.mlp(200, 200), SpreadProducts.mlp(2000, 1700))) {
        for (int parts : new int[] {2, 8}) {
          measure(spark, model, parts);
        }
      }
    }
  }

  private static double emptyJob(JavaSparkContext spark) {
    double[] times = new double[2 * TIMES];
    for (int i = 0; i < times.length; i++) {
      times[i] = SpreadProducts.milliseconds(() -> spark.parallelize(List.of(1, 2), 2).count());
    }
    return SpreadProducts.median(Arrays.copyOfRange(times, TIMES, times.length));
  }

  private static void measure(JavaSparkContext spark, Mlp model, int parts) {
    try (SpreadProducts products =
        new SpreadProducts(spark, model, EXAMPLES, parts, spark.defaultParallelism())) {
      for (int columns : new int[] {1, 10}) {
        SpreadProducts.Times times = products.time(columns, TIMES);
        System.out.printf(
            Locale.ROOT,
            "%10d %6d %6d %9.0f %9.0f %6.2f%n",
            products.parameters(),
            columns,
            parts,
            times.here(),
            times.spread(),
            times.spread() / times.here());
      }
    }
  }
}
