package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.data.Dataset;

/**
 * A partition of the training set, on an executor.
 *
 * @param index its index among the partitions, from 0
 * @param examples its examples
 */
record DataPartition(int index, Dataset examples) implements Serializable {}
