package org.eigensweep.spark.sliced;

import org.apache.spark.Partitioner;

/** Sends a record to the partition whose index is its key. */
final class IndexPartitioner extends Partitioner {
  private final int partitions;

  IndexPartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return (Integer) key;
  }
}
