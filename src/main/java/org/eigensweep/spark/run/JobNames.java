package org.eigensweep.spark.run;

import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.experiment.sweep.Trunk;

/**
 * Names the jobs that the calling thread starts from now on. They are grouped and described by
 * trunk and trial, and run in a scheduler pool a trunk: the Spark UI reads as the sweep.
 */
public record JobNames(JavaSparkContext spark) {
  /** Puts jobs into the pool of a trunk and the group of one of its parts. */
  void enter(Trunk trunk, String group, String description) {
    spark.setLocalProperty("spark.scheduler.pool", trunk.id());
    spark.setJobGroup(group, description);
  }

  /** Describes the next jobs of the group. */
  void describe(String description) {
    spark.setJobDescription(description);
  }
}
