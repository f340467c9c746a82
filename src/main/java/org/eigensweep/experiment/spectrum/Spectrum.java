package org.eigensweep.experiment.spectrum;

import java.util.List;
import java.util.Optional;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.EnergyShare;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TraceEstimate;

/**
 * The spectrum of a block of a training loss's curvature at one point. Gradient, eigenpairs, trace
 * and density are those of the block; the loss and θ are whole.
 *
 * @param subject the matrix and the block
 * @param evaluation loss and accuracy at the point
 * @param gradientNorm ‖g‖ of the gradient's part in the block
 * @param eigenvalues leading eigenvalues, in leading order
 * @param residuals measured ‖Au−λu‖ relative to the largest |λ|, one a pair
 * @param cosines ⟨u, g⟩ / ‖g‖, one a pair; NaN where g is zero
 * @param products products that the pairs took
 * @param stop why the eigensolver stopped
 * @param energy how much of the Hessian's curvature in the space of these eigenvectors is that of
 *     the Gauss–Newton matrix; empty where there are no Gauss–Newton products
 * @param trace the trace
 * @param density the spectral density
 * @param layers the layers that were asked for one by one
 * @param theta the point, n × 1
 * @param vectors eigenvectors, as many rows as the block has parameters, one column a pair
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
public record Spectrum(
    SpectrumSubject subject,
    Evaluation evaluation,
    double gradientNorm,
    double[] eigenvalues,
    double[] residuals,
    double[] cosines,
    int products,
    Stop stop,
    Optional<EnergyShare> energy,
    TraceEstimate trace,
    SpectralDensity density,
    List<LayerSpectrum> layers,
    HostMatrix theta,
    HostMatrix vectors) {

  /** Number of parameters n, those outside the block included. */
  public int parameters() {
    return theta.rows();
  }

  /** Whether the block is the whole matrix. */
  public boolean isWhole() {
    return vectors.rows() == theta.rows();
  }

  /** The part of one layer in the sum of all layers' traces; NaN where that is zero. */
  public double share(LayerSpectrum layer) {
    double all = layers.stream().mapToDouble(l -> l.trace().value()).sum();
    return all == 0 ? Double.NaN : layer.trace().value() / all;
  }
}
