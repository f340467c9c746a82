package org.eigensweep.experiment;

import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.linalg.SpectralDensity;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TraceEstimate;

/**
 * The Hessian of a training loss at one point.
 *
 * @param evaluation loss and accuracy there
 * @param gradientNorm ‖∇L‖
 * @param eigenvalues leading eigenvalues, in leading order
 * @param residuals measured ‖Hu−λu‖ relative to the largest |λ|, one a pair
 * @param cosines ⟨u, ∇L⟩ / ‖∇L‖, one a pair
 * @param products Hessian-vector products that the pairs took
 * @param stop why the eigensolver stopped
 * @param trace the trace
 * @param density the spectral density
 * @param theta the point, n × 1
 * @param vectors eigenvectors, n × pairs
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
public record Spectrum(
    Evaluation evaluation,
    double gradientNorm,
    double[] eigenvalues,
    double[] residuals,
    double[] cosines,
    int products,
    Stop stop,
    TraceEstimate trace,
    SpectralDensity density,
    HostMatrix theta,
    HostMatrix vectors) {

  /** Number of parameters n. */
  public int parameters() {
    return theta.rows();
  }
}
