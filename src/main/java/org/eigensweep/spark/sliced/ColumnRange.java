package org.eigensweep.spark.sliced;

import java.io.Serializable;

/**
 * Some columns of a sliced block.
 *
 * @param block the block's name on all slices
 * @param from the first column
 * @param count their number
 */
record ColumnRange(long block, int from, int count) implements Serializable {}
