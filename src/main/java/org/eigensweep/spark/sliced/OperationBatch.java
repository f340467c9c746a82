package org.eigensweep.spark.sliced;

import java.io.Serializable;
import java.util.List;

/**
 * Operations that every slice runs in order, and a query that comes last and returns a result.
 *
 * @param number position among all batches of a device, from 1. A slice that has missed a batch is
 *     a new, empty one: the old one was lost. Spark may repeat a task; a slice that has run the
 *     batch returns the same result again
 * @param operations run first
 * @param query returns the result
 */
record OperationBatch<T>(long number, List<SliceOperation> operations, SliceQuery<T> query)
    implements Serializable {
  OperationBatch {
    operations = List.copyOf(operations);
  }
}
