package org.eigensweep.spark.parallel;

import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.spark.task.Cores;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.GpuRequest;
import org.eigensweep.spark.task.ProcessMemory;

/**
 * A training set distributed over the executors, for trials that run on the driver and keep their
 * vectors there. Passes over all training examples are Spark jobs. Mini-batches and held-out
 * examples pass on the driver.
 */
final class ParallelTraining implements SpreadTraining {
  private final Protocol protocol;
  private final NetworkProblem problem;
  private final TrainingSet set;
  private final PartitionCache.Setup setup;
  private final Reduction reduction;

  /**
   * Sends the training set to the executors.
   *
   * @param spark the context of all jobs
   * @param protocol how it is trained
   * @param problem the network, with the training set
   * @param partitions number of partitions wanted, at least 1. Batch normalisation couples groups
   *     of examples, and a partition holds whole groups, so there may be fewer
   * @param reduction how partial sums are added
   * @param choice on what the executors compute
   */
  ParallelTraining(
      JavaSparkContext spark,
      Protocol protocol,
      NetworkProblem problem,
      int partitions,
      Reduction reduction,
      DeviceChoice choice) {
    GpuRequest.requireOneAnExecutor(spark.getConf());
    ProcessMemory.settle();
    this.protocol = protocol;
    this.problem = problem;
    this.reduction = reduction;
    int coupled = problem.network().coupled(problem.settings().passes());
    List<ExampleRange> ranges =
        ExampleRange.of(problem.data().train().examples(), coupled, partitions);
    this.set = new TrainingSet(spark, problem.data().train(), ranges);
    this.setup =
        new PartitionCache.Setup(
            loss(problem.settings(), ranges.size()),
            problem.precision(),
            Cores.threads(spark.getConf()),
            choice);
  }

  /**
   * Makes the loss over a partition. The memory that a linearisation may keep is divided among the
   * partitions.
   */
  static LossFactory loss(NetworkSettings network, int parts) {
    PassSettings all = network.passes();
    PassSettings part = all.keeping(all.keptBytes() / parts);
    NetworkSettings sent = network.withoutWeights(); // each task has it
    return (device, examples) -> sent.over(examples).objective(device, examples, part);
  }

  @Override
  public TrialRunner open(String snapshots, Consumer<String> announcer) {
    Problem spread =
        new SpreadProblem(
            problem,
            device -> new ParallelObjective(problem.mean(device), set, setup, reduction, announcer),
            problem::test);
    Device device = Devices.processor().open(problem.precision(), threads());
    return LocalRunner.on(device, spread, protocol.plan(), protocol.following());
  }

  @Override
  public int threads() {
    return setup.threads();
  }

  @Override
  public void close() {
    set.close();
  }
}
