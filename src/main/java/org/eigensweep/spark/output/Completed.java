package org.eigensweep.spark.output;

import java.io.Serializable;

/**
 * What a trunk or a branch left, and where it ran.
 *
 * @param outcome the result
 * @param host name of the host
 * @param threads cores that it was allowed there
 */
public record Completed<T>(T outcome, String host, int threads) implements Serializable {}
