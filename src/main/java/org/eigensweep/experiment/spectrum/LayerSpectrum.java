package org.eigensweep.experiment.spectrum;

import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TraceEstimate;

/**
 * The block of one layer, in short.
 *
 * @param name the layer
 * @param parameters of it
 * @param eigenvalue the leading eigenvalue
 * @param residual its measured ‖Au−λu‖ relative to the largest |λ|
 * @param products that it took
 * @param stop why the eigensolver stopped
 * @param trace the trace
 */
public record LayerSpectrum(
    String name,
    int parameters,
    double eigenvalue,
    double residual,
    int products,
    Stop stop,
    TraceEstimate trace) {}
