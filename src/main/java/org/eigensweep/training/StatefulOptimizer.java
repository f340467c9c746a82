package org.eigensweep.training;

import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Scope;

/** An optimiser that remembers vectors from step to step, all zero before the first. */
public abstract class StatefulOptimizer implements Optimizer {
  private final List<Matrix> vectors;
  private long steps;

  /**
   * Nothing remembered.
   *
   * @param owner of the vectors
   * @param parameters n
   * @param vectors how many
   */
  protected StatefulOptimizer(Scope owner, int parameters, int vectors) {
    this.vectors = Stream.generate(() -> owner.zeros(parameters, 1)).limit(vectors).toList();
  }

  /** One of the vectors, n × 1. */
  protected final Matrix vector(int index) {
    return vectors.get(index);
  }

  /** The number of this step, the first being 1; called once a step. */
  protected final long count() {
    steps++;
    return steps;
  }

  @Override
  public final OptimizerState state(MatrixKeeper keeper) {
    if (steps == 0) {
      return OptimizerState.NEW;
    }
    List<MatrixSource> kept = vectors.stream().map(keeper::keep).toList();
    return new OptimizerState(steps, kept);
  }

  @Override
  public final void restore(OptimizerState state) {
    if (state.steps() == 0) {
      vectors.forEach(vector -> vector.device().fill(0, vector));
    } else if (state.vectors().size() == vectors.size()) {
      for (int i = 0; i < vectors.size(); i++) {
        vectors.get(i).write(state.vectors().get(i));
      }
    } else {
      throw new IllegalArgumentException(
          "a state of %d vectors, expected %d, that of the same optimiser"
              .formatted(state.vectors().size(), vectors.size()));
    }
    steps = state.steps();
  }
}
