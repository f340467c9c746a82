package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.data.Dataset;

/**
 * A part of the training set, as it lies on an executor.
 *
 * @param index its place among the parts, from 0
 * @param examples its examples
 */
record DataPartition(int index, Dataset examples) implements Serializable {}
