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

  /**
   * product ← G(θ)·block, exactly, with the generalised Gauss–Newton matrix G (the "extended
   * Gauss–Newton approximation" of Schraudolph, Neural Computation 14, 2002): the mean over
   * examples of JᵀAJ, where J is the Jacobian of the outputs by θ and A the Hessian of the loss by
   * the outputs. G is what the Hessian is for a model that is linear in θ; it is positive
   * semidefinite, because these losses are convex in the outputs.
   *
   * @param block n × m, columns are tangent vectors
   * @param product n × m, overwritten, does not overlap the block
   * @throws UnsupportedOperationException if the objective knows its gradients alone, or is of no
   *     such form
   */
  void gaussNewtonProduct(Matrix block, Matrix product);

  @Override
  void close();
}
