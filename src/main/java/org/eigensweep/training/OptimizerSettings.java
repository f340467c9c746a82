package org.eigensweep.training;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eigensweep.array.Scope;

/**
 * A base optimiser with its parameters, the learning rate aside.
 *
 * @param kind its name in settings and tables
 * @param values parameter → value, in order of the names
 */
public record OptimizerSettings(String kind, SortedMap<String, Double> values)
    implements Serializable {
  /** Plain stochastic gradient descent, Δ = −η·g. */
  public static final OptimizerSettings SGD = new OptimizerSettings("sgd", new TreeMap<>());

  public OptimizerSettings {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The optimiser in words, which name a trial in tables and so stay as they are. */
  public String description() {
    StringBuilder words = new StringBuilder(kind);
    values.forEach((name, value) -> words.append(' ').append(name).append('=').append(value));
    return words.toString();
  }

  /**
   * A fresh optimiser.
   *
   * @param owner of its state
   * @param parameters n
   */
  public Optimizer open(Scope owner, int parameters) {
    return new Sgd();
  }
}
