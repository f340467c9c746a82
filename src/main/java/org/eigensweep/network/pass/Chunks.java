package org.eigensweep.network.pass;

/**
 * Examples in chunks that pass through a network together, all of one size but for the last; and
 * parts of some chunks in a row, each with a vector of sums of its own. They depend on the network
 * and on the memory given, and not on the number of threads: sums of parts have the same bits
 * wherever they are computed.
 *
 * @param examples how many there are
 * @param size examples of a chunk
 * @param parts number of parts, at most that of the chunks
 */
public record Chunks(int examples, int size, int parts) {
  /** Examples beyond which a matrix product gains no speed. */
  private static final int MOST_TOGETHER = 1000;

  /**
   * Multiplications of a part for every parameter. Beside them, clearing and adding up a vector of
   * sums takes a twentieth of the time, at 10 GB/s and 100 GFLOP/s.
   */
  private static final int WORTH = 512;

  /** Parts that keep the cores of a machine busy, wherever there is enough to do. */
  private static final int PARTS = 8;

  /**
   * Chunks of examples that do not depend on each other.
   *
   * @param fitting examples whose activations fit the memory of a chunk
   * @param multiplications of one example
   * @param parameters length of a vector of sums
   */
  static Chunks of(int examples, long fitting, long multiplications, long parameters) {
    long most = Math.max(1, Math.min(MOST_TOGETHER, fitting));
    long needed = (examples + most - 1) / most;
    long least = Math.max(1, WORTH * parameters / Math.max(1, multiplications));
    long worth = Math.max(Math.min(2, needed), Math.min(PARTS, examples / least));
    int parts = (int) Long.highestOneBit(worth); // the same work for 2, 4 or 8 threads
    long count = Math.min(examples, (Math.max(needed, parts) + parts - 1) / parts * parts);
    int size = Math.toIntExact((examples + count - 1) / count);
    return new Chunks(examples, size, Math.min(parts, (examples + size - 1) / size));
  }

  /** Chunks of a size that is given. */
  static Chunks ofSize(int examples, int size) {
    int together = Math.min(examples, size);
    int count = (examples + together - 1) / together;
    return new Chunks(examples, together, Integer.highestOneBit(Math.min(PARTS, count)));
  }

  /** Number of chunks. */
  public int count() {
    return (examples + size - 1) / size;
  }

  /** First example of a chunk. */
  int from(int chunk) {
    return chunk * size;
  }

  /** One past the last example of a chunk. */
  int to(int chunk) {
    return Math.min(examples, from(chunk) + size);
  }

  /** First chunk of a part; of the one behind the last, the number of chunks. */
  int firstOf(int part) {
    return Math.toIntExact((long) part * count() / parts);
  }
}
