package org.eigensweep.curvature;

import org.eigensweep.array.Matrix;

/** An objective at one θ, with all that products of its derivatives there need. */
public interface Linearization extends AutoCloseable {
  /** Loss and accuracy at θ. */
  Evaluation evaluation();

  /** ∇L(θ), n × 1, owned by the linearisation. */
  Matrix gradient();

  /**
   * product ← ∇²L(θ)·block, exactly, by Pearlmutter's R-operator (Neural Computation 6, 1994).
   *
   * @param block n × m, columns are tangent vectors
   * @param product n × m, overwritten, does not overlap the block
   */
  void hessianProduct(Matrix block, Matrix product);

  @Override
  void close();
}
