package org.eigensweep.spark.sliced;

import java.io.Serializable;

/**
 * A range of columns of a sliced matrix.
 *
 * @param block the number of the matrix, the same on all slices
 * @param from the first column
 * @param count number of columns
 */
record ColumnRange(long block, int from, int count) implements Serializable {}
