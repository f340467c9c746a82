package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.List;
import org.eigensweep.linalg.SpectralDensity;

/**
 * The whole spectrum of the Hessian at one point of a trajectory.
 *
 * @param density the spectral density
 * @param blocks the whole matrix under the name of all layers, and then each layer where these were
 *     asked for
 */
public record PointSpectrum(SpectralDensity density, List<LayerSpectrum> blocks)
    implements Serializable {
  /** Where none was measured, or something in it was not finite. */
  public static final PointSpectrum NONE =
      new PointSpectrum(new SpectralDensity(new double[0], new double[0], 0), List.of());

  public PointSpectrum {
    blocks = List.copyOf(blocks);
  }

  /** Products that it cost beyond those of the pairs that are measured anyway. */
  public long products() {
    long products = density.products();
    for (int i = 0; i < blocks.size(); i++) {
      products += blocks.get(i).trace().products() + (i == 0 ? 0 : blocks.get(i).products());
    }
    return products;
  }
}
