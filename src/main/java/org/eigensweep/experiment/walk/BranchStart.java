package org.eigensweep.experiment.walk;

import java.io.Serializable;
import java.util.Optional;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.SwitchState;

/** Where a branch starts. */
public sealed interface BranchStart extends Serializable {
  /** The trunk's state at the switch of the branch's rank. */
  SwitchState from();

  /** Where the branch paused, if it did. */
  default Optional<Checkpoint> paused() {
    return Optional.empty();
  }

  /**
   * At a switch, or where the branch paused after it.
   *
   * @param from the trunk's state at the switch
   * @param paused the branch's own state, if it paused
   */
  static BranchStart of(SwitchState from, Optional<Checkpoint> paused) {
    return paused.<BranchStart>map(at -> new Resumed(from, at)).orElse(new AtSwitch(from));
  }

  /**
   * At its switch.
   *
   * @param from the trunk's state there
   */
  record AtSwitch(SwitchState from) implements BranchStart {}

  /**
   * Where it paused.
   *
   * @param from the trunk's state at the switch
   * @param at the branch's own state
   */
  record Resumed(SwitchState from, Checkpoint at) implements BranchStart {
    @Override
    public Optional<Checkpoint> paused() {
      return Optional.of(at);
    }
  }
}
