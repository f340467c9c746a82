package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.eigensweep.data.DataSource;
import org.eigensweep.training.UpdateRule;

/**
 * The grid of trials: every learning rate with every seed, rank and rule.
 *
 * @param name the experiment's name
 * @param data where the examples come from
 * @param protocol what all trials share
 * @param learningRates step sizes, positive, distinct
 * @param seeds roots of the random streams, distinct
 * @param ranks dimensions of the dominant space, distinct, at most {@code
 *     protocol.following().eigenspace().pairs()}
 * @param rules update rules after the switch, distinct
 */
public record Sweep(
    String name,
    DataSource data,
    Protocol protocol,
    List<Double> learningRates,
    List<Long> seeds,
    List<Integer> ranks,
    List<UpdateRule> rules)
    implements Serializable {
  public Sweep {
    learningRates = List.copyOf(learningRates);
    seeds = List.copyOf(seeds);
    ranks = List.copyOf(ranks);
    rules = List.copyOf(rules);
  }

  /** All trials, by learning rate, then seed, rank and rule. */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Trunk trunk : trunks()) {
      trials.addAll(trunk.trials());
    }
    return trials;
  }

  /** The shared starts: trials that differ only in rank or rule have one trunk. */
  public List<Trunk> trunks() {
    List<Trunk> trunks = new ArrayList<>();
    for (double learningRate : learningRates) {
      for (long seed : seeds) {
        trunks.add(new Trunk(learningRate, seed, ranks, rules));
      }
    }
    return trunks;
  }
}
