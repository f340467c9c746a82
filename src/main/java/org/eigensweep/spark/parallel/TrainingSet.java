package org.eigensweep.spark.parallel;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.eigensweep.data.Dataset;

/**
 * The training set in partitions on the executors. The driver sends each partition once, to the
 * executor that caches it and runs its tasks from then on. If that executor is lost, another one
 * receives the partition. Examples are broadcast rather than passed to {@code parallelize}, because
 * Spark sends the elements of a parallelized collection with every task of every job.
 */
final class TrainingSet implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Broadcast<Dataset>> sent;
  private final JavaRDD<DataPartition> parts;

  /**
   * Cuts a data set and sends the partitions.
   *
   * @param ranges the partitions, in order
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
    sent.forEach(
        Broadcast
            ::unpersist); // executors have cached the partitions; the driver keeps its own copy to
    // send again
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** One element in each partition. */
  JavaRDD<DataPartition> parts() {
    return parts;
  }

  @Override
  public void close() {
    sent.forEach(Broadcast::destroy);
    parts.unpersist(true); // waits, because Spark logs errors if it is stopped meanwhile
  }
}
