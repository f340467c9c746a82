package org.eigensweep.network.dl4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eigensweep.curvature.Objective;
import org.eigensweep.curvature.RegularizedObjective;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The L2 term of a network's training loss, ½·Σ c·‖w‖² with a coefficient c for each parameter w
 * that has one. By DL4J's convention {@code l2} is for weights alone, {@code l2Bias} for biases,
 * and the parameters of a normalisation have neither. DL4J's score holds the term whole, whatever
 * the examples; its gradient comes in with the updater.
 */
public final class L2Term {
  private final int size;
  private final Map<String, Double> coefficients = new LinkedHashMap<>();
  private final List<Coefficients.Run> runs = new ArrayList<>();

  private L2Term(int size) {
    this.size = size;
  }

  /**
   * Reads the coefficients off DL4J's configuration. Weight decay is left out: it belongs to the
   * update, not to the loss; {@link #weightDecay} names its parameters.
   *
   * @param layout the parameters, at least one
   * @param iteration updates made so far, for a coefficient that follows a schedule
   * @param epoch epochs made so far, likewise
   * @throws IllegalArgumentException if there is any other regularisation: that of L1 has no
   *     derivative where a weight is 0, and that is where it drives them
   */
  public static L2Term of(ParameterLayout layout, int iteration, int epoch) {
    L2Term term = new L2Term(layout.size());
    for (ParameterLayout.Parameter parameter : layout.parameters()) {
      for (Regularization regularization : parameter.regularization()) {
        // A subclass may be anything.
        if (regularization.getClass() == L2Regularization.class) {
          ISchedule l2 = ((L2Regularization) regularization).getL2();
          term.add(parameter, l2.valueAt(iteration, epoch));
        } else if (regularization.getClass() != WeightDecay.class) {
          throw new IllegalArgumentException(
              "%s has %s, expected L2 or none, which have a Hessian: save the network without it"
                  .formatted(parameter.name(), regularization.getClass().getSimpleName()));
        }
      }
    }
    return term;
  }

  private void add(ParameterLayout.Parameter parameter, double coefficient) {
    if (coefficient != 0) {
      coefficients.merge(parameter.name(), coefficient, Double::sum);
      runs.add(new Coefficients.Run(parameter.range(), coefficient));
    }
  }

  /** The parameters that weight decay shrinks, by name, in the vector's order. */
  public static List<String> weightDecay(ParameterLayout layout) {
    return layout.parameters().stream()
        .filter(p -> p.regularization().stream().anyMatch(WeightDecay.class::isInstance))
        .map(ParameterLayout.Parameter::name)
        .toList();
  }

  /** The coefficients that are not 0, by name of the parameter, in the vector's order. */
  public Map<String, Double> coefficients() {
    return Collections.unmodifiableMap(coefficients);
  }

  /** The term's value for parameters θ, all n of them. */
  public double at(double[] theta) {
    return vector().weighted(theta);
  }

  /**
   * An objective with this term.
   *
   * @param data the mean loss alone
   * @return owned by the caller; the same objective where there is no term
   */
  public Objective over(Objective data) {
    return coefficients.isEmpty() ? data : new RegularizedObjective(data, vector());
  }

  private Coefficients vector() {
    return new Coefficients(size, runs);
  }
}
