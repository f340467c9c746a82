package org.eigensweep.spark.sliced;

import java.io.Serializable;

/** An operation of a slice on its own rows; it is sent to where the slice is. */
@FunctionalInterface
interface Step extends Serializable {
  void run(Slice slice);
}
