package org.eigensweep.spark.parallel;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** How the partial sums of the partitions are added. */
public enum Reduction {
  /**
   * The driver adds them all, in the order of the partitions. The result has the same bits in
   * whatever order tasks end.
   */
  ORDERED {
    @Override
    List<PartialSum> collect(JavaRDD<PartialSum> parts) {
      return parts.collect();
    }
  },
  /**
   * Executors add them in a tree, and the driver receives the result. It receives fewer vectors if
   * there are many partitions. The last bits depend on the order in which tasks end.
   */
  TREE {
    @Override
    List<PartialSum> collect(JavaRDD<PartialSum> parts) {
      return List.of(parts.treeReduce(PartialSum::plus));
    }
  };

  /** Runs the job and returns the partial sums that the driver has to add. */
  abstract List<PartialSum> collect(JavaRDD<PartialSum> parts);
}
