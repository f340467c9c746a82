package org.eigensweep.spark.sliced;

import java.io.Serializable;

/** An operation on a slice's rows without a result. Spark sends it to the slice's executor. */
@FunctionalInterface
interface SliceOperation extends Serializable {
  void applyTo(Slice slice);
}
