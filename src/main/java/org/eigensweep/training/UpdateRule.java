package org.eigensweep.training;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * How much of a base update Δ is applied inside and outside the dominant space: θ ← θ + a·PΔ +
 * b·(I−P)Δ. Plain training is (1, 1), Dom-X is (1, 0) and Bulk-X is (0, 1).
 *
 * @param dominant the factor a of PΔ
 * @param bulk the factor b of (I−P)Δ
 */
public record UpdateRule(double dominant, double bulk) implements BranchRule {
  /** The base optimiser itself. */
  public static final UpdateRule PLAIN = new UpdateRule(1, 1);

  /** Dom-X: only the part of the update inside the dominant space. */
  public static final UpdateRule DOMINANT = new UpdateRule(1, 0);

  /** Bulk-X: only the part of the update outside the dominant space. */
  public static final UpdateRule BULK = new UpdateRule(0, 1);

  /** The same at every step. */
  @Override
  public UpdateRule at(int step) {
    return this;
  }

  @Override
  public String description() {
    return "a=%s b=%s".formatted(dominant, bulk);
  }

  @Override
  public boolean projects() {
    return dominant != bulk;
  }

  /**
   * Replaces Δ by a·PΔ + b·(I−P)Δ.
   *
   * @param basis n × k, orthonormal, spans the dominant space; not read if the rule does not
   *     project
   * @param displacement n × 1, the base update Δ on entry
   */
  public void apply(Matrix basis, Matrix displacement) {
    Device device = displacement.device();
    if (projects()) {
      try (Scope scope = device.open()) {
        Matrix coefficients = scope.matrix(basis.columns(), 1);
        device.gemm(YES, NO, 1, basis, displacement, 0, coefficients);
        device.gemm(NO, NO, dominant - bulk, basis, coefficients, bulk, displacement);
      }
    } else if (bulk != 1) {
      device.scale(bulk, displacement);
    }
  }
}
