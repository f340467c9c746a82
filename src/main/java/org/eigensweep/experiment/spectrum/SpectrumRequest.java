package org.eigensweep.experiment.spectrum;

import java.io.Serializable;
import org.eigensweep.linalg.SolverSettings;

/**
 * What is asked of a Hessian at one point.
 *
 * @param eigenspace leading pairs, and how exactly
 * @param traceProducts Hessian-vector products for the trace, at least 2
 * @param densityVectors random vectors of the spectral density, at least 1
 * @param densitySteps Lanczos steps from each of them, at least 1
 * @param seed root of the random streams
 */
public record SpectrumRequest(
    SolverSettings eigenspace, int traceProducts, int densityVectors, int densitySteps, long seed)
    implements Serializable {}
