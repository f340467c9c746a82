package org.eigensweep.spark.sliced;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import scala.Tuple2;

/**
 * Collective operations on sliced blocks. An all-gather gives every partition of an RDD the whole
 * block; a reduce-scatter adds the results of all partitions and leaves each slice its rows of the
 * sum. Each is one shuffle. No vector passes the driver.
 *
 * @param <P> the element of a partition
 */
public final class Collectives<P> {
  private final SlicedDevice device;
  private final SliceJobs jobs;
  private final int n;
  private final JavaRDD<P> partitions;
  private CollectiveTraffic traffic = CollectiveTraffic.NONE;

  /**
   * Prepares operations between slices and the partitions of an RDD.
   *
   * @param device holds the slices
   * @param partitions where tasks run, one element in each partition
   */
  public Collectives(SlicedDevice device, JavaRDD<P> partitions) {
    this.device = device;
    this.jobs = device.jobs();
    this.n = device.rows();
    this.partitions = partitions;
  }

  /**
   * Gathers a block and runs a task on it in every partition, as one Spark job. Summands are
   * ignored.
   *
   * @param in the block, n × m, sliced
   * @return the replies, in the order of the partitions
   */
  public <E extends Serializable> List<E> mapGathered(Matrix in, PartitionTask<P, E> task) {
    JavaPairRDD<Integer, ShuffledRows> gathered = gather(readBatch(SlicedDevice.rangeOf(in)));
    try {
      List<E> replies =
          gathered
              .zipPartitions(
                  partitions,
                  (received, partition) ->
                      List.of(task.run(partition.next(), whole(received)).reply()).iterator())
              .collect();
      traffic = traffic.plusGathered(in.columns(), bytes(in), receivers(), jobs.slices());
      return replies;
    } finally {
      gathered.rdd().cleanShuffleDependencies(false);
    }
  }

  /**
   * Gathers a block, runs a task on it in every partition, and sets out ← scale · Σ of the
   * summands, as one Spark job.
   *
   * @param in the block, n × m, sliced
   * @param task computes the summands
   * @param out n × m, sliced, overwritten
   * @return the replies, in the order of the partitions
   */
  public <E extends Serializable> List<E> sumGathered(
      Matrix in, PartitionTask<P, E> task, double scale, Matrix out) {
    OperationBatch<HostMatrix> batch = readBatch(SlicedDevice.rangeOf(in));
    JavaPairRDD<Integer, ShuffledRows> scattered = scatter(gather(batch), task);
    try {
      @SuppressWarnings("unchecked") // the replies of the task
      List<E> replies =
          (List<E>) add(scattered, batch.number(), scale, SlicedDevice.rangeOf(out)).collect();
      traffic =
          traffic
              .plusGathered(in.columns(), bytes(in), receivers(), jobs.slices())
              .plusScattered(bytes(out), receivers(), jobs.slices());
      return replies;
    } finally {
      scattered.rdd().cleanShuffleDependencies(false);
    }
  }

  private long bytes(Matrix block) {
    return block.size() * device.precision().bytes();
  }

  private int receivers() {
    return partitions.getNumPartitions();
  }

  /** The bytes moved so far. */
  public CollectiveTraffic traffic() {
    return traffic;
  }

  private OperationBatch<HostMatrix> readBatch(ColumnRange in) {
    return jobs.nextBatch(slice -> slice.view(in).toHost());
  }

  /** Sends the rows of every slice to every partition. */
  private JavaPairRDD<Integer, ShuffledRows> gather(OperationBatch<HostMatrix> batch) {
    Broadcast<SliceStore> store = jobs.store(); // a task must not capture this object
    int receivers = receivers();
    return jobs.sliceIndices()
        .flatMapToPair(
            index -> {
              ShuffledRows rows =
                  new ShuffledRows(index, store.value().slice(index).execute(batch), null);
              return IntStream.range(0, receivers)
                  .mapToObj(receiver -> new Tuple2<>(receiver, rows))
                  .iterator();
            })
        .partitionBy(new IndexPartitioner(receivers));
  }

  private static HostMatrix whole(Iterator<Tuple2<Integer, ShuffledRows>> received) {
    return HostMatrix.stacked(inOrder(received).stream().map(ShuffledRows::rows).toList());
  }

  /**
   * Runs the task, and sends each slice its rows of every summand. Replies go with the rows of the
   * first slice.
   */
  private <E extends Serializable> JavaPairRDD<Integer, ShuffledRows> scatter(
      JavaPairRDD<Integer, ShuffledRows> gathered, PartitionTask<P, E> task) {
    int rows = n;
    int slices = jobs.slices();
    return JavaPairRDD.fromJavaRDD(
            gathered.zipPartitions(
                partitions,
                (received, partition) -> {
                  PartitionResult<E> share = task.run(partition.next(), whole(received));
                  return IntStream.range(0, slices)
                      .mapToObj(slice -> new Tuple2<>(slice, rowsFor(share, slice, slices, rows)))
                      .iterator();
                }))
        .partitionBy(new IndexPartitioner(slices));
  }

  private static ShuffledRows rowsFor(PartitionResult<?> share, int slice, int slices, int rows) {
    RowRange own = RowRange.of(slice, slices, rows);
    HostMatrix part = share.summand() == null ? null : share.summand().rows(own.from(), own.to());
    return new ShuffledRows(TaskContext.getPartitionId(), part, slice == 0 ? share.reply() : null);
  }

  private JavaRDD<Serializable> add(
      JavaPairRDD<Integer, ShuffledRows> scattered, long after, double scale, ColumnRange out) {
    Broadcast<SliceStore> store = jobs.store();
    return scattered.zipPartitions(
        jobs.sliceIndices(),
        (received, index) -> {
          List<ShuffledRows> shares = inOrder(received);
          List<HostMatrix> parts =
              shares.stream().map(ShuffledRows::rows).filter(Objects::nonNull).toList();
          store
              .value()
              .slice(index.next())
              .runIdempotent(after, slice -> slice.add(parts, scale, out));
          return shares.stream().map(ShuffledRows::reply).filter(Objects::nonNull).iterator();
        });
  }

  private static List<ShuffledRows> inOrder(Iterator<Tuple2<Integer, ShuffledRows>> received) {
    List<ShuffledRows> sorted = new ArrayList<>();
    received.forEachRemaining(rows -> sorted.add(rows._2()));
    sorted.sort(Comparator.comparingInt(ShuffledRows::sender));
    return sorted;
  }
}
