package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * One record of a shuffle between slices and partitions.
 *
 * @param sender index of the sending slice or partition; sums are added in this order
 * @param rows rows of a block, or null for zero; the receiver knows which rows they are
 * @param reply reply for the driver, or null
 */
record ShuffledRows(int sender, HostMatrix rows, Serializable reply) implements Serializable {}
