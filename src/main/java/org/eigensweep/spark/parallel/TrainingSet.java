package org.eigensweep.spark.parallel;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.eigensweep.data.Dataset;

/**
 * The training set in parts on the executors. The driver sends each part once, to the executor that
 * keeps it and on which the part's tasks run from then on; what an executor loses is sent again, to
 * another. Sent as broadcasts, because what is parallelized travels with every task of every job.
 */
final class TrainingSet implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Broadcast<Dataset>> sent;
  private final JavaRDD<DataPartition> parts;

  /**
   * Cuts a data set and places its parts.
   *
   * @param ranges the parts, in order
   */
  TrainingSet(JavaSparkContext spark, Dataset data, List<ExampleRange> ranges) {
    this.spark = spark;
    List<Broadcast<Dataset>> sent =
        ranges.stream().map(cut -> spark.broadcast(data.slice(cut.from(), cut.to()))).toList();
    this.sent = sent;
    List<Integer> indices = IntStream.range(0, ranges.size()).boxed().toList();
    this.parts =
        spark
            .parallelize(indices, indices.size())
            .map(i -> new DataPartition(i, sent.get(i).value()))
            .setName("training set")
            .persist(StorageLevel.MEMORY_AND_DISK());
    parts.count();
    sent.forEach(Broadcast::unpersist); // the executors keep the parts, the driver what it sent
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** One element a partition. */
  JavaRDD<DataPartition> parts() {
    return parts;
  }

  @Override
  public void close() {
    sent.forEach(Broadcast::destroy);
    parts.unpersist(true); // waits: Spark may be stopped next, and complains of what is under way
  }
}
