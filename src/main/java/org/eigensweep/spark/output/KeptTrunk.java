package org.eigensweep.spark.output;

import java.io.Serializable;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.spark.table.Provenance;

/**
 * A finished trunk as it is kept in a file.
 *
 * @param build the program that wrote it
 * @param ran the trunk
 */
record KeptTrunk(Build build, Completed<TrunkOutcome> ran) implements Serializable {
  /**
   * The program of a trunk and of those who read it. Serialized records have no version of their
   * own, so it must be the same.
   */
  record Build(String version, String commit) implements Serializable {
    static Build of(Provenance provenance) {
      return new Build(provenance.version(), provenance.commit());
    }
  }
}
