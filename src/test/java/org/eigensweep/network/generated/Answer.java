package org.eigensweep.network.generated;

import java.util.List;
import org.eigensweep.linalg.Stop;

/** What the project has to say about a saved network. */
sealed interface Answer {
  /** It is not served. */
  record Refused(String message) implements Answer {}

  /** A loss or a product is not finite, which is refused too. */
  record NotFinite(String message) implements Answer {}

  /** Something that is neither an answer nor a refusal. */
  record Broken(Throwable cause) implements Answer {}

  /**
   * Numbers.
   *
   * @param exact whether it says so
   * @param single whether they were taken in float32
   * @param parameters the point, n numbers
   * @param loss the training loss there
   * @param gradient n numbers
   * @param hessian products with the unit vectors, n × n, [row][column]
   * @param nonlinearity ‖H(v + w) − Hv − Hw‖ relative to ‖H(v + w)‖
   * @param byMagnitude whether the largest in magnitude lead
   * @param coordinates those of the block that eigenvalues and trace are of
   * @param eigenvalues leading ones
   * @param residuals theirs, relative to the first
   * @param stop why the solver stopped
   * @param trace of the block, from as many products as it has dimensions
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Numbers(
      boolean exact,
      boolean single,
      double[] parameters,
      double loss,
      double[] gradient,
      double[][] hessian,
      double nonlinearity,
      boolean byMagnitude,
      List<Integer> coordinates,
      double[] eigenvalues,
      double[] residuals,
      Stop stop,
      double trace)
      implements Answer {}
}
