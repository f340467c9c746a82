package org.eigensweep.spark.parallel;

import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mean loss whose passes over all examples are Spark jobs: one for an evaluation, one for a
 * linearisation, one for a block product. The driver itself computes gradients of mini-batches: a
 * batch of 50 takes about a millisecond, a job many times that.
 *
 * <p>Used by one thread of the driver.
 */
final class ParallelObjective implements Objective {
  private static final Logger LOG = LoggerFactory.getLogger(ParallelObjective.class);

  private final Objective local;
  private final TrainingSet set;
  private final Reduction reduction;
  private final Consumer<String> announcer;
  private final Broadcast<PartitionCache> cache;
  private long points;
  private Traffic traffic = Traffic.NONE;

  /**
   * Distributes a loss over the executors.
   *
   * @param local the mean loss over the same examples on the driver, for mini-batches; closed with
   *     this
   * @param set the examples, in partitions
   * @param setup makes the loss over a partition
   * @param reduction how partial sums are added
   * @param announcer told what each job is for, before it starts
   */
  ParallelObjective(
      Objective local,
      TrainingSet set,
      PartitionCache.Setup setup,
      Reduction reduction,
      Consumer<String> announcer) {
    this.local = local;
    this.set = set;
    this.reduction = reduction;
    this.announcer = announcer;
    this.cache = spark().broadcast(new PartitionCache(setup));
  }

  private JavaSparkContext spark() {
    return set.spark();
  }

  @Override
  public Device device() {
    return local.device();
  }

  @Override
  public int parameters() {
    return local.parameters();
  }

  @Override
  public int examples() {
    return local.examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    Broadcast<PartitionCache> partitions = cache; // a task must not capture this object
    Broadcast<HostMatrix> sent = spark().broadcast(theta.toHost());
    try {
      return mean("evaluate", part -> partitions.value().partition(part).evaluate(sent.value()))
          .evaluation();
    } finally {
      sent.destroy();
    }
  }

  @Override
  public Linearization linearize(Matrix theta) {
    points++;
    return new ParallelLinearization(
        this, spark().broadcast(new LinearizationPoint(points, theta.toHost())));
  }

  /** Runs the forward and backward pass at a point. */
  Mean linearize(Broadcast<LinearizationPoint> point) {
    Broadcast<PartitionCache> partitions = cache;
    return mean("linearise", part -> partitions.value().partition(part).linearize(point.value()));
  }

  /** product ← matrix at the point · block. */
  void multiply(
      CurvatureProduct matrix, Broadcast<LinearizationPoint> point, Matrix block, Matrix product) {
    Broadcast<PartitionCache> partitions = cache;
    Broadcast<HostMatrix> sent = spark().broadcast(block.toHost());
    int columns = block.columns();
    try {
      Mean mean =
          mean(
              CurvatureProduct.purpose(columns),
              part ->
                  partitions.value().partition(part).product(point.value(), sent.value(), matrix));
      product.write(mean.vectors());
    } finally {
      sent.destroy();
    }
    long bytes = block.size() * device().precision().bytes();
    traffic = traffic.plus(columns, bytes, executors(), set.parts().getNumPartitions());
  }

  private Mean mean(String purpose, Function<DataPartition, PartialSum> task) {
    announcer.accept(purpose);
    return Mean.of(reduction.collect(set.parts().map(task)));
  }

  private int executors() {
    int processes = spark().sc().statusTracker().getExecutorInfos().length;
    return Math.max(1, processes - 1); // the driver counts as one, and is the only one if local
  }

  /** The bytes that products moved so far. */
  Traffic traffic() {
    return traffic;
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    return local.minibatchGradient(theta, examples, gradient);
  }

  @Override
  public void close() {
    LOG.info("{}", traffic);
    cache.destroy();
    local.close();
  }
}
