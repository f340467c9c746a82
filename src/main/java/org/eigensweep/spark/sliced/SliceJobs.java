package org.eigensweep.spark.sliced;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * Runs operations on all slices as Spark jobs. An operation without a result is queued until one
 * with a result is asked for; then a single job runs them all.
 */
final class SliceJobs implements AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaRDD<Integer> indices;
  private final Broadcast<SliceStore> store;
  private final int slices;
  private final List<SliceOperation> waiting = new ArrayList<>();
  private long batches;

  /** Assigns each slice to an executor, on which it stays. */
  SliceJobs(JavaSparkContext spark, SliceStore empty, int slices) {
    this.spark = spark;
    this.slices = slices;
    this.store = spark.broadcast(empty);
    this.indices =
        spark
            .parallelize(IntStream.range(0, slices).boxed().toList(), slices)
            .setName("slices of vectors")
            .persist(StorageLevel.MEMORY_ONLY()); // Spark runs a task where its partition is cached
    indices.count();
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** One partition for each slice; its element is the slice's index. */
  JavaRDD<Integer> sliceIndices() {
    return indices;
  }

  Broadcast<SliceStore> store() {
    return store;
  }

  int slices() {
    return slices;
  }

  /** Queues an operation, to run before the next query. */
  void enqueue(SliceOperation operation) {
    waiting.add(operation);
  }

  /** Takes all queued operations and a query as the next batch. The caller must run it. */
  <T> OperationBatch<T> nextBatch(SliceQuery<T> query) {
    batches++;
    OperationBatch<T> batch = new OperationBatch<>(batches, waiting, query);
    waiting.clear();
    return batch;
  }

  /**
   * Runs the queued operations and then a query on every slice. Results are in the order of the
   * slices.
   */
  <T extends Serializable> List<T> run(SliceQuery<T> query) {
    OperationBatch<T> batch = nextBatch(query);
    Broadcast<SliceStore> broadcast = store; // a task must not capture this object
    return indices.map(index -> broadcast.value().slice(index).execute(batch)).collect();
  }

  /** Runs the queued operations, and then one on every slice that Spark may repeat without harm. */
  void runIdempotent(SliceOperation operation) {
    run(slice -> true);
    long after = batches;
    Broadcast<SliceStore> broadcast = store;
    indices.foreach(index -> broadcast.value().slice(index).runIdempotent(after, operation));
  }

  @Override
  public void close() {
    store.destroy();
    indices.unpersist(true);
  }
}
