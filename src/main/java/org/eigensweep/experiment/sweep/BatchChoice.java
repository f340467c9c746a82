package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/** Whether something has batches of its own. */
public sealed interface BatchChoice extends Serializable {
  /** The batches, where others are chosen further out. */
  Batches or(Batches others);

  /** Those chosen further out: for a phase those of its trial, for a trial those of the plan. */
  record Inherited() implements BatchChoice {
    @Override
    public Batches or(Batches others) {
      return others;
    }
  }

  /**
   * Its own.
   *
   * @param batches examples of each step
   */
  record Own(Batches batches) implements BatchChoice {
    @Override
    public Batches or(Batches others) {
      return batches;
    }
  }
}
