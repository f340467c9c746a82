package org.eigensweep.experiment.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.outcome.PointSpectrum;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.BlockEstimates;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.linalg.Coordinates;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SolverSettings;

/**
 * Measures the whole spectrum at a point, with random vectors that the seed and the step alone fix:
 * whatever came before, and wherever a trial was taken up again, they are the same.
 */
final class SpectrumProbe {
  private final SpectrumPoints points;
  private final SolverSettings eigenspace;
  private final long seed;
  private final List<Block> layers;

  /**
   * A probe.
   *
   * @param points how much is spent at one of them
   * @param eigenspace how exactly eigenvalues are known
   * @param layers where the parameters of each layer lie
   * @param seed of the trial
   */
  SpectrumProbe(
      SpectrumPoints points, SolverSettings eigenspace, Map<String, IndexRange> layers, long seed) {
    this.points = points;
    this.eigenspace = eigenspace;
    this.seed = seed;
    this.layers = points.layers() == LayerSpectra.ON ? blocks(layers) : List.of();
  }

  private static List<Block> blocks(Map<String, IndexRange> layers) {
    return layers.entrySet().stream()
        .map(layer -> new Block(layer.getKey(), new Coordinates(List.of(layer.getValue()))))
        .toList();
  }

  /**
   * The spectrum at a point; none where a product is not finite, which is no reason to end a trial
   * that would go on if nobody looked.
   *
   * @param step number of the point
   * @param frame the point
   * @param space the leading pairs there
   */
  PointSpectrum at(int step, Frame frame, Eigenspace space) {
    try {
      return measure(estimates(step, frame), frame, space);
    } catch (NotFiniteException nothing) {
      return PointSpectrum.NONE;
    }
  }

  private BlockEstimates estimates(int step, Frame frame) {
    long root = RandomStream.SPECTRUM.of(seed, step).nextLong();
    return new BlockEstimates(
        frame.hessian(),
        new SpectrumRequest(
            eigenspace,
            points.traceProducts(),
            points.densityVectors(),
            points.densitySteps(),
            root));
  }

  private PointSpectrum measure(BlockEstimates estimates, Frame frame, Eigenspace space) {
    Block whole = Block.whole(frame.theta().rows());
    List<LayerSpectrum> blocks = new ArrayList<>();
    blocks.add(
        new LayerSpectrum(
            Block.ALL,
            whole.size(),
            space.values()[0],
            space.residuals()[0],
            space.products(),
            space.stop(),
            estimates.trace(whole),
            frame.gradientNorm(),
            BlockEstimates.cosines(space, frame.gradient(), frame.gradientNorm())[0]));
    blocks.addAll(estimates.layers(layers, frame.gradient()));
    return new PointSpectrum(estimates.density(whole), blocks);
  }
}
