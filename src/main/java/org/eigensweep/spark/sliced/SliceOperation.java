package org.eigensweep.spark.sliced;

import java.io.Serializable;

/** An operation of a slice on its own rows; it is sent to where the slice is. */
@FunctionalInterface
interface SliceOperation extends Serializable {
  void applyTo(Slice slice);
}
