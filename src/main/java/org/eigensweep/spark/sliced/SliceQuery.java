package org.eigensweep.spark.sliced;

import java.io.Serializable;

/** What a slice does; it is sent to where the slice is. */
@FunctionalInterface
interface SliceQuery<T> extends Serializable {
  T answerOf(Slice slice);
}
