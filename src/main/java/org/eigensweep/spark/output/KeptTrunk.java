package org.eigensweep.spark.output;

import java.io.Serializable;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.spark.table.Provenance;

/**
 * A finished trunk as it is kept in a file.
 *
 * @param origin what it goes back to
 * @param ran the trunk
 */
record KeptTrunk(Origin origin, Completed<TrunkOutcome> ran) implements Serializable {
  /**
   * What a trunk must have in common with the sweep that takes it up. Serialized records have no
   * version of their own, so the program's must be the same.
   */
  record Origin(
      String settings,
      String trainSha256,
      String testSha256,
      int threads,
      String version,
      String commit)
      implements Serializable {
    static Origin of(Provenance provenance, int threads) {
      return new Origin(
          provenance.settings(),
          provenance.trainSha256(),
          provenance.testSha256(),
          threads,
          provenance.version(),
          provenance.commit());
    }
  }
}
