package org.eigensweep.network;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/** Where the training of a network from a file starts. */
public sealed interface GivenWeights extends Serializable {
  /** As descriptions have it. */
  String description();

  /** At parameters that DL4J draws from the trial's seed, as the network's layers say. */
  record Fresh() implements GivenWeights {
    @Override
    public String description() {
      return "fresh";
    }
  }

  /**
   * At those of the file, for every seed.
   *
   * @param values n × 1
   * @param digest of them
   */
  record Saved(HostMatrix values, String digest) implements GivenWeights {
    /** Parameters with their digest. */
    static Saved of(HostMatrix values) {
      return new Saved(values, Digests.of(values.toDoubles()));
    }

    @Override
    public String description() {
      return "saved:" + digest;
    }
  }
}
