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
import scala.Tuple2;

/**
 * Brings a block whole to every place, and the sum of what they make of it back into slices: an
 * all-gather and a reduce-scatter, each a shuffle of one Spark job. No number passes the driver.
 *
 * @param executors where the slices are
 * @param n rows of a whole block
 * @param places one element a partition
 */
record Exchange<P>(Executors executors, int n, JavaRDD<P> places) {
  /**
   * What every place makes of a block, and nothing back.
   *
   * @return what the places returned, in their order
   */
  <E extends Serializable> List<E> each(Columns in, Contribution<P, E> work) {
    JavaPairRDD<Integer, Message> gathered = gather(program(in));
    int rows = n;
    try {
      return gathered
          .zipPartitions(
              places,
              (messages, place) ->
                  List.of(work.at(place.next(), whole(messages, rows)).besides()).iterator())
          .collect();
    } finally {
      gathered.rdd().cleanShuffleDependencies(false);
    }
  }

  /**
   * out ← scale · Σ share.
   *
   * @return what the places returned besides, in their order
   */
  <E extends Serializable> List<E> sum(
      Columns in, Contribution<P, E> work, double scale, Columns out) {
    Program<HostMatrix> program = program(in);
    JavaPairRDD<Integer, Message> scattered = scatter(gather(program), work);
    try {
      @SuppressWarnings("unchecked") // what the work returned
      List<E> replies = (List<E>) add(scattered, program.number(), scale, out).collect();
      return replies;
    } finally {
      scattered.rdd().cleanShuffleDependencies(false);
    }
  }

  private Program<HostMatrix> program(Columns in) {
    return executors.take(slice -> slice.at(in).toHost());
  }

  /** What slices have of a block, to every place. */
  private JavaPairRDD<Integer, Message> gather(Program<HostMatrix> program) {
    Broadcast<Shelf> shelf = executors.shelf(); // a task must not capture this object
    int receivers = places.getNumPartitions();
    return executors
        .places()
        .flatMapToPair(
            index -> {
              Message rows = new Message(index, shelf.value().at(index).run(program), null);
              return IntStream.range(0, receivers)
                  .mapToObj(place -> new Tuple2<>(place, rows))
                  .iterator();
            })
        .partitionBy(new ByIndex(receivers));
  }

  private static HostMatrix whole(Iterator<Tuple2<Integer, Message>> messages, int rows) {
    return HostRows.assemble(
        rows, inOrder(messages).stream().map(Message::rows).toArray(HostMatrix[]::new));
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
                  Share<E> share = work.at(place.next(), whole(messages, rows));
                  return IntStream.range(0, slices)
                      .mapToObj(slice -> new Tuple2<>(slice, message(share, slice, slices, rows)))
                      .iterator();
                }))
        .partitionBy(new ByIndex(slices));
  }

  private static Message message(Share<?> share, int slice, int slices, int rows) {
    HostMatrix part =
        share.block() == null ? null : HostRows.take(share.block(), Rows.of(slice, slices, rows));
    return new Message(TaskContext.getPartitionId(), part, slice == 0 ? share.besides() : null);
  }

  private JavaRDD<Serializable> add(
      JavaPairRDD<Integer, Message> scattered, long after, double scale, Columns out) {
    Broadcast<Shelf> shelf = executors.shelf();
    return scattered.zipPartitions(
        executors.places(),
        (messages, index) -> {
          List<Message> shares = inOrder(messages);
          List<HostMatrix> parts =
              shares.stream().map(Message::rows).filter(Objects::nonNull).toList();
          shelf.value().at(index.next()).beside(after, slice -> slice.add(parts, scale, out));
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
