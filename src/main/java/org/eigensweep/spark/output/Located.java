package org.eigensweep.spark.output;

import java.io.Serializable;
import java.util.function.Function;

/**
 * What was computed, and where.
 *
 * @param result what a trunk or a branch reached or left
 * @param host name of the host
 * @param threads cores that it was allowed there
 */
public record Located<T>(T result, String host, int threads) implements Serializable {
  /** Something made of the result, which was computed there too. */
  public <R> Located<R> map(Function<T, R> made) {
    return new Located<>(made.apply(result), host, threads);
  }
}
