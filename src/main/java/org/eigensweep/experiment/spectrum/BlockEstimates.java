package org.eigensweep.experiment.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.experiment.outcome.Alignment;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.HutchPlusPlus;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.StochasticLanczos;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.TraceEstimate;

/**
 * Estimates of diagonal blocks of one matrix. Each solve and each trace has a random stream of its
 * own, by its place, so that none depends on what else is asked.
 *
 * @param matrix the matrix
 * @param request how much is spent, and the root of the streams
 */
public record BlockEstimates(LinearOperator matrix, SpectrumRequest request) {
  /** The place of the block that all is about; those of its layers follow. */
  private static final int FIRST = 0;

  /**
   * The leading pairs of a block.
   *
   * @param gradient of the block's parameters, n × 1
   * @param owner of the pairs
   */
  Eigenspace pairs(Block block, Matrix gradient, Scope owner) {
    return solve(block.of(matrix), gradient, request.eigenspace(), FIRST, owner);
  }

  /**
   * The trace of a block.
   *
   * @throws org.eigensweep.linalg.NotFiniteException if a product is not finite
   */
  public TraceEstimate trace(Block block) {
    return trace(block.of(matrix), FIRST);
  }

  /**
   * The spectral density of a block.
   *
   * @throws org.eigensweep.linalg.NotFiniteException if a product is not finite
   */
  public SpectralDensity density(Block block) {
    return StochasticLanczos.density(
        block.of(matrix),
        request.densitySteps(),
        request.densityVectors(),
        RandomStream.DENSITY.of(request.seed()));
  }

  /**
   * The leading eigenvalue, the trace and the share of the gradient of each layer.
   *
   * @param layers their blocks
   * @param gradient of all parameters, n × 1
   * @throws org.eigensweep.linalg.NotFiniteException if a product is not finite
   */
  public List<LayerSpectrum> layers(List<Block> layers, Matrix gradient) {
    SolverSettings asked = request.eigenspace();
    SolverSettings one =
        new SolverSettings(1, asked.tolerance(), asked.which(), asked.maxProducts());
    List<LayerSpectrum> measured = new ArrayList<>();
    for (Block layer : layers) {
      int place = FIRST + 1 + measured.size();
      LinearOperator operator = layer.of(matrix);
      try (Scope own = operator.device().open()) {
        Matrix part = layer.of(gradient, own);
        Eigenspace space = solve(operator, part, one, place, own);
        double norm = part.device().norm(part);
        measured.add(
            new LayerSpectrum(
                layer.name(),
                layer.size(),
                space.values()[0],
                space.residuals()[0],
                space.products(),
                space.stop(),
                trace(operator, place),
                norm,
                cosines(space, part, norm)[0]));
      }
    }
    return measured;
  }

  /** The cosine between each vector of a space and a gradient of this norm. */
  public static double[] cosines(Eigenspace space, Matrix gradient, double norm) {
    return Arrays.stream(gradient.device().dots(space.vectors(), gradient))
        .map(dot -> Alignment.cosine(dot, norm))
        .toArray();
  }

  private Eigenspace solve(
      LinearOperator operator, Matrix gradient, SolverSettings settings, int place, Scope own) {
    return new ThickRestartLanczos(settings, RandomStream.SOLVER.of(request.seed(), place))
        .solve(operator, gradient, own);
  }

  private TraceEstimate trace(LinearOperator operator, int place) {
    return HutchPlusPlus.estimate(
        operator, request.traceProducts(), RandomStream.TRACE.of(request.seed(), place));
  }
}
