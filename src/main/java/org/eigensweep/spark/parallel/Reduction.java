package org.eigensweep.spark.parallel;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/** How the sums of the parts come together. */
public enum Reduction {
  /** All on the driver, in the order of the parts: the same bits whatever the tasks' order. */
  ORDERED {
    @Override
    List<PartialSum> collect(JavaRDD<PartialSum> parts) {
      return parts.collect();
    }
  },
  /**
   * First among the executors, then on the driver: it takes in fewer sums where there are many
   * parts. The last bits depend on the order in which tasks end.
   */
  TREE {
    @Override
    List<PartialSum> collect(JavaRDD<PartialSum> parts) {
      return List.of(parts.treeReduce(PartialSum::plus));
    }
  };

  /** Runs the job, and brings to the driver what remains to be added. */
  abstract List<PartialSum> collect(JavaRDD<PartialSum> parts);
}
