package org.eigensweep.spark.sliced;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * Rows of a block on their way between slices and those who work on whole vectors.
 *
 * @param sender index of the sender, by which sums are ordered
 * @param rows the rows, which the receiver knows the place of
 * @param reply what else the sender has to say, or null
 */
record ShuffledRows(int sender, HostMatrix rows, Serializable reply) implements Serializable {}
