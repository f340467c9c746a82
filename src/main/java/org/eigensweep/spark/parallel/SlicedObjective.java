package org.eigensweep.spark.parallel;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.spark.sliced.Collectives;
import org.eigensweep.spark.sliced.PartitionResult;
import org.eigensweep.spark.sliced.PartitionTask;
import org.eigensweep.spark.sliced.SlicedDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mean loss whose parameters, gradients and products lie in slices on the executors. Every pass
 * is one Spark job: each partition gathers whole vectors, passes its examples through the network,
 * and scatters its partial sum.
 *
 * <p>Used by one thread of the driver.
 */
final class SlicedObjective implements Objective {
  private static final Logger LOG = LoggerFactory.getLogger(SlicedObjective.class);

  private final SlicedDevice device;
  private final int parameters;
  private final List<ExampleRange> ranges;
  private final Consumer<String> announcer;
  private final Broadcast<PartitionCache> cache;
  private final Collectives<DataPartition> collectives;
  private long points;

  /**
   * Distributes a loss over the executors.
   *
   * @param device holds the vectors; the caller closes it
   * @param parameters n
   * @param set the examples, in partitions
   * @param ranges the examples of each partition
   * @param setup makes the loss over a partition
   * @param announcer told what each job is for, before it starts
   */
  SlicedObjective(
      SlicedDevice device,
      int parameters,
      TrainingSet set,
      List<ExampleRange> ranges,
      PartitionCache.Setup setup,
      Consumer<String> announcer) {
    this.device = device;
    this.parameters = parameters;
    this.ranges = List.copyOf(ranges);
    this.announcer = announcer;
    this.cache = set.spark().broadcast(new PartitionCache(setup));
    this.collectives = new Collectives<>(device, set.parts());
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parameters() {
    return parameters;
  }

  @Override
  public int examples() {
    return ranges.get(ranges.size() - 1).to();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    announcer.accept("evaluate");
    Broadcast<PartitionCache> partitions = cache; // a task must not capture this object
    return Mean.of(
            collectives.mapGathered(
                theta,
                (part, whole) ->
                    new PartitionResult<>(
                        null, partitions.value().partition(part).evaluate(whole))))
        .evaluation();
  }

  @Override
  public Linearization linearize(Matrix theta) {
    announcer.accept("linearise");
    points++;
    return new SlicedLinearization(points, theta);
  }

  private final class SlicedLinearization implements Linearization {
    private final long version;
    private final Scope scope = device.open();
    private final Matrix gradient = scope.matrix(parameters, 1);
    private final Evaluation evaluation;

    SlicedLinearization(long version, Matrix theta) {
      this.version = version;
      Broadcast<PartitionCache> partitions = cache;
      try {
        this.evaluation =
            sum(
                    theta,
                    (part, whole) ->
                        result(
                            partitions
                                .value()
                                .partition(part)
                                .linearize(new LinearizationPoint(version, whole))),
                    examples(),
                    gradient)
                .evaluation();
      } catch (Throwable e) { // Spark throws checked exceptions that Scala does not declare
        close();
        throw e;
      }
    }

    @Override
    public Evaluation evaluation() {
      return evaluation;
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      multiply(Linearization::hessianProduct, version, block, product);
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      multiply(Linearization::gaussNewtonProduct, version, block, product);
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  private void multiply(CurvatureProduct matrix, long version, Matrix block, Matrix product) {
    announcer.accept(CurvatureProduct.purpose(block.columns()));
    Broadcast<PartitionCache> partitions = cache;
    sum(
        block,
        (part, whole) -> result(partitions.value().partition(part).product(version, whole, matrix)),
        examples(),
        product);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    announcer.accept("mini-batch");
    Broadcast<PartitionCache> partitions = cache;
    List<ExampleRange> partitionRanges = ranges;
    return sum(
            theta,
            (part, whole) -> {
              int[] own = within(partitionRanges.get(part.index()), examples);
              return own.length == 0
                  ? new PartitionResult<>(null, PartialSum.ofNothing())
                  : result(partitions.value().partition(part).minibatch(whole, own));
            },
            examples.length,
            gradient)
        .evaluation()
        .loss();
  }

  /** The examples that a partition holds, as indices within it. */
  private static int[] within(ExampleRange cut, int[] examples) {
    return Arrays.stream(examples)
        .filter(i -> i >= cut.from() && i < cut.to())
        .map(i -> i - cut.from())
        .toArray();
  }

  private static PartitionResult<PartialSum> result(PartialSum sum) {
    return new PartitionResult<>(sum.vectors(), sum.withoutVectors());
  }

  private Mean sum(
      Matrix in, PartitionTask<DataPartition, PartialSum> task, int examples, Matrix out) {
    return Mean.of(collectives.sumGathered(in, task, 1.0 / examples, out));
  }

  @Override
  public void close() {
    if (collectives.traffic().vectors() > 0) {
      LOG.info("over {} examples: {}", examples(), collectives.traffic());
    }
    cache.destroy();
  }
}
