package org.eigensweep.spark.sliced;

import java.io.Serializable;

/** An operation on a slice's rows with a result. Spark sends it to the slice's executor. */
@FunctionalInterface
interface SliceQuery<T> extends Serializable {
  T answerOf(Slice slice);
}
