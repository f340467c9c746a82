package org.eigensweep.linalg;

import java.io.Serializable;

/**
 * What an eigensolver is asked for.
 *
 * @param pairs number of leading eigenpairs, at least 1
 * @param tolerance largest residual ‖Au−λu‖ relative to the largest eigenvalue in magnitude
 * @param which the end of the spectrum that leads
 * @param maxProducts operator-vector products after which a solve stops unconverged
 */
public record SolverSettings(int pairs, double tolerance, Which which, int maxProducts)
    implements Serializable {}
