package org.eigensweep.training;

import java.io.Serializable;
import java.util.List;
import org.eigensweep.array.MatrixSource;

/**
 * All that an optimiser remembers between two steps.
 *
 * @param steps displacements made so far
 * @param vectors n × 1 each, in an order of the optimiser's own
 */
public record OptimizerState(long steps, List<MatrixSource> vectors) implements Serializable {
  /** No step was made. */
  public static final OptimizerState NEW = new OptimizerState(0, List.of());
}
