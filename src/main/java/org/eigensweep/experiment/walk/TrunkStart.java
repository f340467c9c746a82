package org.eigensweep.experiment.walk;

import java.io.Serializable;
import java.util.Optional;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.experiment.outcome.Checkpoint;

/** Where a trunk starts. */
public sealed interface TrunkStart extends Serializable {
  /** Where the trunk paused, if it did. */
  default Optional<Checkpoint> paused() {
    return Optional.empty();
  }

  /** At random parameters, drawn from the trunk's seed where it runs. */
  record Drawn() implements TrunkStart {}

  /**
   * At parameters that were computed before.
   *
   * @param theta n × 1
   */
  record Given(HostMatrix theta) implements TrunkStart {}

  /**
   * Where the trunk paused.
   *
   * @param at its state there, with these ranks or more
   */
  record Resumed(Checkpoint at) implements TrunkStart {
    @Override
    public Optional<Checkpoint> paused() {
      return Optional.of(at);
    }
  }
}
