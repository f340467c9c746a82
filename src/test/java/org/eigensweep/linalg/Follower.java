package org.eigensweep.linalg;

import org.eigensweep.array.Scope;

/** A solver that meets the operators of a sequence one after another. */
interface Follower extends AutoCloseable {
  /**
   * Meets the next operator.
   *
   * @param operator as the solver sees it
   * @param step the same in doubles
   * @param scope owner of what lasts for this step
   */
  Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope);

  @Override
  void close();

  /** What a solver found, in doubles. */
  sealed interface Answer {
    /** What it says that it has done so far. */
    Counts counts();
  }

  record Counts(long products, int refreshes, int coldSolves, int corrections) {}

  /**
   * Eigenpairs.
   *
   * @param vectors column-major
   */
  @SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
  record Pairs(
      double[] vectors, double[] values, double[] residuals, int products, Stop stop, Counts counts)
      implements Answer {}

  /**
   * A basis to project on.
   *
   * @param basis column-major
   */
  @SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
  record Basis(double[] basis, Counts counts) implements Answer {}

  /**
   * A block made orthonormal, and orthogonal to a basis.
   *
   * @param given the block as it was, column-major
   * @param basis empty for none
   * @param made the block as it is
   */
  @SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
  record Block(double[] given, double[] basis, double[] made, Counts counts) implements Answer {}
}
