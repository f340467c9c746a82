package org.eigensweep.experiment.sweep;

import static org.eigensweep.network.preset.Word.word;

import java.io.Serializable;

/** How the base updates of a branch are made. */
public sealed interface Method extends Serializable {
  /** The method in words, which name a trial in tables and so stay as they are. */
  String description();

  /** As those of its trunk, which it goes on with. */
  record AsTrunk() implements Method {
    @Override
    public String description() {
      return "as trunk";
    }
  }

  /**
   * In another way.
   *
   * @param recipe what is done from the switch on
   * @param state what becomes of the state of the trunk's optimiser
   */
  record Own(Recipe recipe, StateAtSwitch state) implements Method {
    @Override
    public String description() {
      return "%s state=%s".formatted(recipe.description(), word(state));
    }
  }

  /** What becomes of the state of a trunk's optimiser at a switch. */
  enum StateAtSwitch {
    /** The branch's optimiser, which is of the same kind, goes on with it. */
    KEPT,
    /** The branch's optimiser starts as a new one. */
    NEW
  }
}
