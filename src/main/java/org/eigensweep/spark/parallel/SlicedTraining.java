package org.eigensweep.spark.parallel;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.array.Device;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.spark.sliced.SlicedDevice;
import org.eigensweep.spark.task.Cores;
import org.eigensweep.spark.task.DeviceChoice;

/**
 * Training and held-out examples distributed over the executors, for trials whose vectors are
 * distributed too. Every pass is a Spark job, even over a mini-batch.
 */
final class SlicedTraining implements SpreadTraining {
  private final JavaSparkContext spark;
  private final Protocol protocol;
  private final NetworkProblem problem;
  private final int partitions;
  private final PartitionCache.Setup setup;
  private final SpreadExamples train;
  private final SpreadExamples test;

  private record SpreadExamples(TrainingSet set, List<ExampleRange> ranges) {
    static SpreadExamples of(JavaSparkContext spark, Dataset data, int partitions) {
      List<ExampleRange> ranges = ExampleRange.of(data.examples(), 1, partitions);
      return new SpreadExamples(new TrainingSet(spark, data, ranges), ranges);
    }
  }

  /**
   * Sends all examples to the executors.
   *
   * @param choice on what the executors compute
   * @throws IllegalArgumentException if the loss of an example depends on other examples, as with
   *     batch normalisation: a mini-batch is spread over several partitions
   */
  SlicedTraining(
      JavaSparkContext spark,
      Protocol protocol,
      NetworkProblem problem,
      int partitions,
      DeviceChoice choice) {
    this.spark = spark;
    this.protocol = protocol;
    this.partitions = partitions;
    this.problem = problem;
    if (problem.network().coupled(problem.settings().passes()) > 1) {
      throw new IllegalArgumentException(
          "spark.vectors = sliced and a model with batch normalisation, expected one whose examples"
              + " do not depend on each other; set spark.vectors = driver");
    }
    this.train = SpreadExamples.of(spark, problem.data().train(), partitions);
    this.test = SpreadExamples.of(spark, problem.data().test(), partitions);
    this.setup =
        new PartitionCache.Setup(
            ParallelTraining.loss(problem.settings(), train.ranges().size()),
            problem.precision(),
            Cores.threads(spark.getConf()),
            choice);
  }

  @Override
  public TrialRunner open(String snapshots, Consumer<String> announcer) {
    int n = problem.network().parameters();
    SlicedDevice device =
        new SlicedDevice(
            spark, n, partitions, problem.precision(), threads(), setup.choice(), snapshots);
    Problem spread =
        new SpreadProblem(
            problem,
            on -> objective(on, train, announcer),
            on ->
                objective(on, test, purpose -> announcer.accept("held-out examples: " + purpose)));
    return LocalRunner.on(device, spread, protocol.plan(), protocol.following());
  }

  private Objective objective(Device device, SpreadExamples data, Consumer<String> announcer) {
    return new SlicedObjective(
        (SlicedDevice) device,
        problem.network().parameters(),
        data.set(),
        data.ranges(),
        setup,
        announcer);
  }

  @Override
  public int threads() {
    return setup.threads();
  }

  @Override
  public void close() {
    train.set().close();
    test.set().close();
  }
}
