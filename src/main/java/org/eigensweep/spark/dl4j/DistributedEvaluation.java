package org.eigensweep.spark.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Dl4jNetwork;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Evaluates parameters on a data set with DL4J's arithmetic in float64: an independent check of our
 * own loss and accuracy.
 */
public final class DistributedEvaluation {
  /** Examples that pass through the network together, DL4J's own choice. */
  private static final int BATCH = SparkComputationGraph.DEFAULT_EVAL_SCORE_BATCH_SIZE;

  private DistributedEvaluation() {}

  /**
   * Evaluates a network; two Spark jobs.
   *
   * @param spark runs the jobs
   * @param network the network
   * @param data the examples, sent to every executor
   * @param theta parameters, n × 1
   * @return the mean loss with its L2 term, and the accuracy
   * @throws IllegalArgumentException if the network has batch normalisation: DL4J evaluates it with
   *     running statistics, which our training has none of
   */
  public static Evaluation of(
      JavaSparkContext spark, Dl4jNetwork network, Dataset data, HostMatrix theta) {
    if (network.couplesExamples()) {
      throw new IllegalArgumentException(
          "a network with batch normalisation, which DL4J evaluates with running statistics: expected one without");
    }
    var evaluated = new SparkComputationGraph(spark, network.graph(theta, 0), null);
    Broadcast<Dl4jExamples> examples = spark.broadcast(network.examples(data));
    try {
      JavaRDD<MultiDataSet> batches =
          spark.parallelize(batches(data.examples())).map(batch -> examples.value().batch(batch));
      return new Evaluation(
          evaluated.calculateScoreMultiDataSet(batches, true, BATCH),
          evaluated
              .<org.nd4j.evaluation.classification.Evaluation>evaluateMDS(batches, BATCH)
              .accuracy());
    } finally {
      examples.destroy();
    }
  }

  private static List<int[]> batches(int examples) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < examples; from += BATCH) {
      batches.add(IntStream.range(from, Math.min(from + BATCH, examples)).toArray());
    }
    return batches;
  }
}
