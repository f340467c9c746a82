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
 * @param sam the radius ρ of SAM's ascent before each gradient ({@link Sam}), 0 for none
 */
public record OptimizerSettings(String kind, SortedMap<String, Double> values, double sam)
    implements Serializable {
  /** Plain stochastic gradient descent, Δ = −η·g. */
  public static final OptimizerSettings SGD = new OptimizerSettings("sgd", new TreeMap<>());

  public OptimizerSettings {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * A kind with the defaults of its parameters, without SAM.
   *
   * @throws IllegalStateException if the kind is not on the class path of this process
   */
  public static OptimizerSettings standard(String kind) {
    SortedMap<String, Double> values = new TreeMap<>();
    OptimizerKind.ALL.named(kind).parameters().forEach(p -> values.put(p.name(), p.standard()));
    return new OptimizerSettings(kind, values);
  }

  /** Without SAM. */
  public OptimizerSettings(String kind, SortedMap<String, Double> values) {
    this(kind, values, 0);
  }

  /** The same with SAM's ascent of a radius ρ. */
  public OptimizerSettings withSam(double radius) {
    return new OptimizerSettings(kind, values, radius);
  }

  /** The optimiser in words, which name a trial in tables and so stay as they are. */
  public String description() {
    StringBuilder words = new StringBuilder(kind);
    values.forEach((name, value) -> words.append(' ').append(name).append('=').append(value));
    if (sam != 0) {
      words.append(" sam=").append(sam);
    }
    return words.toString();
  }

  /**
   * The curvature λ above which this optimiser moves away from the minimum of ½λθ², with the
   * gradient over all examples: 2/η for gradient descent, (2+2β)/η for heavy ball, and
   * (2+2β)/(η(1+2β)) for Nesterov's momentum (Cohen and others, arXiv 2103.00065).
   *
   * @param learningRate η
   * @return NaN for an optimiser whose threshold depends on its way there, with SAM, and where η is
   *     0
   */
  public double stabilityThreshold(double learningRate) {
    return sam == 0 && learningRate > 0 ? stabilityBound() / learningRate : Double.NaN;
  }

  /** Whether it scales each parameter on its own, so that η does not say how far a step goes. */
  public boolean isAdaptive() {
    return Double.isNaN(stabilityBound());
  }

  private double stabilityBound() {
    OptimizerKind known = OptimizerKind.ALL.all().get(kind);
    return known == null ? Double.NaN : known.stabilityBound(values);
  }

  /**
   * A fresh optimiser.
   *
   * @param owner of its state
   * @param parameters n
   * @throws IllegalStateException if the kind is not on the class path of this process
   */
  public Optimizer open(Scope owner, int parameters) {
    Optimizer base = OptimizerKind.ALL.named(kind).open(owner, parameters, values);
    return sam == 0 ? base : new Sam(sam, base);
  }
}
