package org.eigensweep.spark.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Dl4jNetwork;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Data-parallel SGD by DL4J: workers start from the same parameters, each makes some steps on its
 * own batches, and all continue from the mean of their parameters. With one step between two means
 * this is SGD on the workers' batches taken together. Batch normalisation takes its statistics over
 * each worker's batch.
 *
 * <p>The mean of two workers has the same bits on every run; more are added in the order in which
 * they finish.
 *
 * @param workers tasks of a job, at least 1
 * @param batchSize examples that a worker takes for a step, at least 1
 * @param frequency steps between two means, at least 1
 */
public record ParameterAveraging(int workers, int batchSize, int frequency) {
  /** Checks the sizes. */
  public ParameterAveraging {
    if (workers < 1 || batchSize < 1 || frequency < 1) {
      throw new IllegalArgumentException(
          "%d workers, batches of %d, %d steps between means, expected at least 1 of each"
              .formatted(workers, batchSize, frequency));
    }
  }

  /** Examples that all workers together take for a step. */
  public int stepExamples() {
    return workers * batchSize;
  }

  /**
   * Trains a network; two Spark jobs for each mean.
   *
   * @param spark runs the jobs
   * @param network the network
   * @param data the training set, sent to every executor
   * @param start parameters to start from, n × 1
   * @param learningRate size of a step
   * @param steps steps that each worker makes, a multiple of {@link #frequency}
   * @param batches step, from 0 → its {@link #stepExamples}: a worker's after another's
   * @return the parameters after the last mean, n × 1
   * @throws IllegalArgumentException if the last steps would not be averaged
   */
  public HostMatrix train(
      JavaSparkContext spark,
      Dl4jNetwork network,
      Dataset data,
      HostMatrix start,
      double learningRate,
      int steps,
      IntFunction<int[]> batches) {
    if (steps % frequency != 0) {
      throw new IllegalArgumentException(
          "%d steps, expected a multiple of the %d between two means".formatted(steps, frequency));
    }
    ComputationGraph graph = network.graph(start, learningRate);
    var master = new SparkComputationGraph(spark, graph, master());
    Broadcast<Dl4jExamples> examples = spark.broadcast(network.examples(data));
    try {
      for (int step = 0; step < steps; step += frequency) {
        master.fitMultiDataSet(round(spark, examples, step, batches));
      }
    } finally {
      examples.destroy();
    }
    return Dl4jNetwork.parameters(graph);
  }

  /**
   * The data come in the partitions and batches in which they are used. DL4J's other way, by files
   * that it exports, needs a file system that all executors share.
   */
  private ParameterAveragingTrainingMaster master() {
    return new ParameterAveragingTrainingMaster.Builder(workers, batchSize)
        .batchSizePerWorker(batchSize)
        .averagingFrequency(frequency)
        .rddTrainingApproach(RDDTrainingApproach.Direct)
        .repartionData(Repartition.Never)
        .storageLevel(null)
        .build();
  }

  /**
   * The examples until the next mean: a partition for each worker, with one batch for each step.
   */
  private JavaRDD<MultiDataSet> round(
      JavaSparkContext spark,
      Broadcast<Dl4jExamples> examples,
      int firstStep,
      IntFunction<int[]> batches) {
    List<int[]> steps = new ArrayList<>();
    for (int step = 0; step < frequency; step++) {
      steps.add(batches.apply(firstStep + step));
    }
    List<int[]> shares = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      int from = worker * batchSize;
      for (int[] step : steps) {
        shares.add(Arrays.copyOfRange(step, from, from + batchSize));
      }
    }
    return spark.parallelize(shares, workers).map(share -> examples.value().batch(share));
  }
}
