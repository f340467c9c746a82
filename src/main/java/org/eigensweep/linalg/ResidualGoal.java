package org.eigensweep.linalg;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Asks for a measured residual of every pair, and that the first pair outside is known to belong
 * there: a poor vector outside can hide one that leads.
 *
 * @param pairs leading pairs that are asked for
 * @param tolerance largest residual ‖Au−λu‖ relative to the largest |λ|
 */
record ResidualGoal(int pairs, double tolerance) implements Goal {
  @Override
  public boolean reached(RitzPairs ritz) {
    return ritz.residual(pairs) <= tolerance && ritz.isApart(pairs, tolerance);
  }

  @Override
  public boolean bearable(RitzPairs ritz) {
    return reached(ritz);
  }

  @Override
  public void took(RitzPairs ritz) {
    // the residuals say it all
  }

  @Override
  public Matrix directions(RitzPairs ritz, int most, Scope owner) {
    int asked = ritz.isApart(pairs, tolerance) ? pairs : pairs + 1;
    int missed = 0;
    for (int i = 0; i < asked; i++) {
      if (ritz.residuals()[i] > tolerance) {
        missed++;
      }
    }
    int[] worst = ritz.worst(asked, Math.max(1, Math.min(missed, most)));
    Matrix directions = owner.matrix(ritz.basis().rows(), worst.length);
    ritz.defects(worst, directions);
    return directions;
  }
}
