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
 * The slices where they are. A job runs a program on all of them; operations that return nothing
 * wait for the next one that does, so that a job does many.
 */
final class SliceJobs implements AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaRDD<Integer> indices;
  private final Broadcast<SliceStore> store;
  private final int slices;
  private final List<SliceOperation> waiting = new ArrayList<>();
  private long batches;

  /** Sends each slice to the executor on which it stays. */
  SliceJobs(JavaSparkContext spark, SliceStore empty, int slices) {
    this.spark = spark;
    this.slices = slices;
    this.store = spark.broadcast(empty);
    this.indices =
        spark
            .parallelize(IntStream.range(0, slices).boxed().toList(), slices)
            .setName("slices of vectors")
            .persist(StorageLevel.MEMORY_ONLY()); // where it is kept is where its tasks go
    indices.count();
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** One element a slice, its index. */
  JavaRDD<Integer> sliceIndices() {
    return indices;
  }

  Broadcast<SliceStore> store() {
    return store;
  }

  int slices() {
    return slices;
  }

  /** Does something before whatever is asked next. */
  void enqueue(SliceOperation operation) {
    waiting.add(operation);
  }

  /** What waits, and a last task, as the next program; the caller must run it. */
  <T> OperationBatch<T> nextBatch(SliceQuery<T> query) {
    batches++;
    OperationBatch<T> batch = new OperationBatch<>(batches, waiting, query);
    waiting.clear();
    return batch;
  }

  /** Runs what waits and then a task on every slice; the results in the order of the slices. */
  <T extends Serializable> List<T> run(SliceQuery<T> query) {
    OperationBatch<T> batch = nextBatch(query);
    Broadcast<SliceStore> broadcast = store; // a task must not capture this object
    return indices.map(index -> broadcast.value().slice(index).execute(batch)).collect();
  }

  /** Runs what waits, and then something on every slice that may be repeated. */
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
