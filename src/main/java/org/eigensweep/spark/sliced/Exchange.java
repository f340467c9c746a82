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
 * Brings blocks whole to every place, and sums of what they make of them back into slices: an
 * all-gather and a reduce-scatter, each a shuffle of one Spark job. No number passes the driver.
 *
 * @param <P> what a place has
 */
public final class Exchange<P> {
  private final SlicedDevice device;
  private final Executors executors;
  private final int n;
  private final JavaRDD<P> places;
  private Exchanged exchanged = Exchanged.NONE;

  /**
   * Exchanges with some places.
   *
   * @param device where the slices are
   * @param places where blocks are worked on, one element a partition
   */
  public Exchange(SlicedDevice device, JavaRDD<P> places) {
    this.device = device;
    this.executors = device.executors();
    this.n = device.rows();
    this.places = places;
  }

  /**
   * What every place makes of a block, with no sum of vectors.
   *
   * @param in the block, n × m, sliced
   * @return what the places returned, in their order
   */
  public <E extends Serializable> List<E> each(Matrix in, Contribution<P, E> work) {
    JavaPairRDD<Integer, Message> gathered = gather(program(SlicedDevice.at(in)));
    try {
      List<E> replies =
          gathered
              .zipPartitions(
                  places,
                  (messages, place) ->
                      List.of(work.at(place.next(), whole(messages)).besides()).iterator())
              .collect();
      exchanged = exchanged.plusGathered(in.columns(), bytes(in), receivers(), executors.slices());
      return replies;
    } finally {
      gathered.rdd().cleanShuffleDependencies(false);
    }
  }

  /**
   * out ← scale · Σ of what every place makes of a block, as one Spark job.
   *
   * @param in the block, n × m, sliced
   * @param work its share of the sum may be null
   * @param out n × m, sliced, overwritten
   * @return what the places returned besides, in their order
   */
  public <E extends Serializable> List<E> sum(
      Matrix in, Contribution<P, E> work, double scale, Matrix out) {
    Program<HostMatrix> program = program(SlicedDevice.at(in));
    JavaPairRDD<Integer, Message> scattered = scatter(gather(program), work);
    try {
      @SuppressWarnings("unchecked") // what the work returned
      List<E> replies =
          (List<E>) add(scattered, program.number(), scale, SlicedDevice.at(out)).collect();
      exchanged =
          exchanged
              .plusGathered(in.columns(), bytes(in), receivers(), executors.slices())
              .plusScattered(bytes(out), receivers(), executors.slices());
      return replies;
    } finally {
      scattered.rdd().cleanShuffleDependencies(false);
    }
  }

  private long bytes(Matrix block) {
    return block.size() * device.precision().bytes();
  }

  private int receivers() {
    return places.getNumPartitions();
  }

  /** What was moved so far. */
  public Exchanged exchanged() {
    return exchanged;
  }

  private Program<HostMatrix> program(Columns in) {
    return executors.take(slice -> slice.at(in).toHost());
  }

  /** What slices have of a block, to every place. */
  private JavaPairRDD<Integer, Message> gather(Program<HostMatrix> program) {
    Broadcast<SliceStore> store = executors.store(); // a task must not capture this object
    int receivers = receivers();
    return executors
        .places()
        .flatMapToPair(
            index -> {
              Message rows = new Message(index, store.value().at(index).execute(program), null);
              return IntStream.range(0, receivers)
                  .mapToObj(place -> new Tuple2<>(place, rows))
                  .iterator();
            })
        .partitionBy(new ByIndex(receivers));
  }

  private static HostMatrix whole(Iterator<Tuple2<Integer, Message>> messages) {
    return HostMatrix.stacked(inOrder(messages).stream().map(Message::rows).toList());
  }

  /** What places make of the block, to the slices; what they say besides, to the first. */
  private <E extends Serializable> JavaPairRDD<Integer, Message> scatter(
      JavaPairRDD<Integer, Message> gathered, Contribution<P, E> work) {
    int rows = n;
    int slices = executors.slices();
    return JavaPairRDD.fromJavaRDD(
            gathered.zipPartitions(
                places,
                (messages, place) -> {
                  PartResult<E> share = work.at(place.next(), whole(messages));
                  return IntStream.range(0, slices)
                      .mapToObj(slice -> new Tuple2<>(slice, message(share, slice, slices, rows)))
                      .iterator();
                }))
        .partitionBy(new ByIndex(slices));
  }

  private static Message message(PartResult<?> share, int slice, int slices, int rows) {
    Rows own = Rows.of(slice, slices, rows);
    HostMatrix part = share.block() == null ? null : share.block().rows(own.from(), own.to());
    return new Message(TaskContext.getPartitionId(), part, slice == 0 ? share.besides() : null);
  }

  private JavaRDD<Serializable> add(
      JavaPairRDD<Integer, Message> scattered, long after, double scale, Columns out) {
    Broadcast<SliceStore> store = executors.store();
    return scattered.zipPartitions(
        executors.places(),
        (messages, index) -> {
          List<Message> shares = inOrder(messages);
          List<HostMatrix> parts =
              shares.stream().map(Message::rows).filter(Objects::nonNull).toList();
          store.value().at(index.next()).beside(after, slice -> slice.add(parts, scale, out));
          return shares.stream().map(Message::besides).filter(Objects::nonNull).iterator();
        });
  }

  private static List<Message> inOrder(Iterator<Tuple2<Integer, Message>> messages) {
    List<Message> sorted = new ArrayList<>();
    messages.forEachRemaining(message -> sorted.add(message._2()));
    sorted.sort(Comparator.comparingInt(Message::origin));
    return sorted;
  }
}
