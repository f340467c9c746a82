package org.eigensweep.spark.sliced;

/**
 * The bytes of whole vectors that were gathered for places to work on, and of the sums that were
 * scattered back, as numbers of the working precision; what a place takes from a slice beside it is
 * counted too.
 *
 * @param vectors vectors that were gathered
 * @param gathered slices to places
 * @param scattered places to slices
 * @param minimum what cannot be avoided: with one slice and one place an executor, what an executor
 *     lacks of a vector comes in, and what others lack of its sum goes out
 */
public record CollectiveTraffic(long vectors, long gathered, long scattered, long minimum) {
  static final CollectiveTraffic NONE = new CollectiveTraffic(0, 0, 0, 0);

  /** With a block that every place took. */
  CollectiveTraffic plusGathered(int columns, long blockBytes, int partitions, int slices) {
    return new CollectiveTraffic(
        vectors + columns,
        gathered + partitions * blockBytes,
        scattered,
        minimum + (slices - 1) * blockBytes);
  }

  /** With a block to which every place gave a share. */
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
