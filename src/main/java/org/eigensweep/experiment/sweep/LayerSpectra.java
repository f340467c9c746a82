package org.eigensweep.experiment.sweep;

/** Whether the block of each layer is measured where the whole spectrum is. */
public enum LayerSpectra {
  OFF,
  ON
}
