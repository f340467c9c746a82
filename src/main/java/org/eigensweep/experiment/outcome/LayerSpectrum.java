package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TraceEstimate;

/**
 * The diagonal block of one layer, in short.
 *
 * @param name the layer
 * @param parameters of it
 * @param eigenvalue the leading eigenvalue of the block
 * @param residual its measured ‖Au−λu‖ relative to the largest |λ|
 * @param products that it took
 * @param stop why the eigensolver stopped
 * @param trace the trace of the block
 * @param gradientNorm norm of the gradient's part in the layer
 * @param cosine between the leading eigenvector, whose sign is arbitrary, and that part; NaN where
 *     that is zero
 */
public record LayerSpectrum(
    String name,
    int parameters,
    double eigenvalue,
    double residual,
    int products,
    Stop stop,
    TraceEstimate trace,
    double gradientNorm,
    double cosine)
    implements Serializable {
  /** χ of the gradient's part in the layer with the layer's leading eigenvector. */
  public double alignment() {
    return Math.min(1, Math.abs(cosine));
  }
}
