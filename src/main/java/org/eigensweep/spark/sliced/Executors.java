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
final class Executors implements AutoCloseable {
  private final JavaSparkContext spark;
  private final JavaRDD<Integer> places;
  private final Broadcast<SliceStore> store;
  private final int slices;
  private final List<SliceOperation> waiting = new ArrayList<>();
  private long programs;

  /** Sends each slice to the executor on which it stays. */
  Executors(JavaSparkContext spark, SliceStore empty, int slices) {
    this.spark = spark;
    this.slices = slices;
    this.store = spark.broadcast(empty);
    this.places =
        spark
            .parallelize(IntStream.range(0, slices).boxed().toList(), slices)
            .setName("slices of vectors")
            .persist(StorageLevel.MEMORY_ONLY()); // where it is kept is where its tasks go
    places.count();
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** One element a slice, its index. */
  JavaRDD<Integer> places() {
    return places;
  }

  Broadcast<SliceStore> store() {
    return store;
  }

  int slices() {
    return slices;
  }

  /** Does something before whatever is asked next. */
  void later(SliceOperation step) {
    waiting.add(step);
  }

  /** What waits, and a last task, as the next program; the caller must run it. */
  <T> Program<T> take(SliceQuery<T> last) {
    programs++;
    Program<T> program = new Program<>(programs, waiting, last);
    waiting.clear();
    return program;
  }

  /** Runs what waits and then a task on every slice; the results in the order of the slices. */
  <T extends Serializable> List<T> ask(SliceQuery<T> last) {
    Program<T> program = take(last);
    Broadcast<SliceStore> at = store; // a task must not capture this object
    return places.map(index -> at.value().at(index).execute(program)).collect();
  }

  /** Runs what waits, and then something on every slice that may be repeated. */
  void beside(SliceOperation step) {
    ask(slice -> true);
    long after = programs;
    Broadcast<SliceStore> at = store;
    places.foreach(index -> at.value().at(index).beside(after, step));
  }

  @Override
  public void close() {
    store.destroy();
    places.unpersist(true);
  }
}
