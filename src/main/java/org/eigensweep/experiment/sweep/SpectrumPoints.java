package org.eigensweep.experiment.sweep;

import static org.eigensweep.network.preset.Word.word;

import java.io.Serializable;
import java.util.List;

/**
 * At which rows of a trajectory the whole spectrum of the Hessian is measured, and how.
 *
 * @param steps of these rows, ascending
 * @param every steps between further ones, or 0
 * @param traceProducts Hessian-vector products for a trace, at least 2
 * @param densityVectors random vectors of a spectral density, at least 1
 * @param densitySteps Lanczos steps from each of them, at least 1
 * @param layers whether each layer's block is measured
 */
public record SpectrumPoints(
    List<Integer> steps,
    int every,
    int traceProducts,
    int densityVectors,
    int densitySteps,
    LayerSpectra layers)
    implements Serializable {
  /** At no point. */
  public static final SpectrumPoints NONE =
      new SpectrumPoints(List.of(), 0, 2, 1, 1, LayerSpectra.OFF);

  public SpectrumPoints {
    steps = List.copyOf(steps);
  }

  /** Whether there are no such points. */
  public boolean isEmpty() {
    return steps.isEmpty() && every == 0;
  }

  /** Whether a step is one of them, if it has a row. */
  public boolean has(int step) {
    return steps.contains(step) || (every > 0 && step % every == 0);
  }

  /** All of it in words. */
  String description() {
    return "steps=%s every=%d trace-products=%d density-vectors=%d density-steps=%d layers=%s"
        .formatted(steps, every, traceProducts, densityVectors, densitySteps, word(layers));
  }
}
