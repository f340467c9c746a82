package org.eigensweep.spark.sliced;

/**
 * The bytes that collective operations moved, counted in the working precision. What a partition
 * takes from a slice on its own executor is counted too.
 *
 * @param vectors number of vectors gathered
 * @param gathered bytes from slices to partitions
 * @param scattered bytes from partitions to slices
 * @param minimum bytes that must pass between executors, if each has one slice and one partition:
 *     it receives the rows that it lacks of a vector, and sends the rows of its summand that belong
 *     to others
 */
public record CollectiveTraffic(long vectors, long gathered, long scattered, long minimum) {
  static final CollectiveTraffic NONE = new CollectiveTraffic(0, 0, 0, 0);

  /** Adds a block that every partition received. */
  CollectiveTraffic plusGathered(int columns, long blockBytes, int partitions, int slices) {
    return new CollectiveTraffic(
        vectors + columns,
        gathered + partitions * blockBytes,
        scattered,
        minimum + (slices - 1) * blockBytes);
  }

  /** Adds a sum to which every partition contributed. */
  CollectiveTraffic plusScattered(long blockBytes, int partitions, int slices) {
    return new CollectiveTraffic(
        vectors,
        gathered,
        scattered + partitions * blockBytes,
        minimum + (slices - 1) * blockBytes);
  }

  /** In one line. */
  @Override
  public String toString() {
    return "%d vectors: %.1f MB gathered, %.1f MB scattered, at least %.1f MB in all"
        .formatted(vectors, gathered / 1e6, scattered / 1e6, minimum / 1e6);
  }
}
