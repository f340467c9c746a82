package org.eigensweep.spark.sliced;

import java.io.Serializable;
import java.util.List;

/**
 * Operations that every slice does in order, and a last one whose result is wanted.
 *
 * @param number place among all programs of a device, from 1: a slice that missed one was lost, and
 *     one that is asked again, because Spark repeats tasks, answers without doing it twice
 * @param operations done first
 * @param query gives the result
 */
record OperationBatch<T>(long number, List<SliceOperation> operations, SliceQuery<T> query)
    implements Serializable {
  OperationBatch {
    operations = List.copyOf(operations);
  }
}
