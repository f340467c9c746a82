package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.eigensweep.training.UpdateRule;

/**
 * The shared start of the trials of one learning rate and seed: the base optimiser, unprojected,
 * from its start to the switch of each rank.
 *
 * @param learningRate step size of the base optimiser
 * @param seed root of the random streams
 * @param ranks ranks whose switch ends the trunk for their branches
 * @param rules rules that branch off at each switch
 */
public record Trunk(double learningRate, long seed, List<Integer> ranks, List<UpdateRule> rules)
    implements Serializable {
  public Trunk {
    ranks = List.copyOf(ranks);
    rules = List.copyOf(rules);
  }

  /** The same trunk, for some of its ranks. */
  Trunk withRanks(List<Integer> some) {
    return new Trunk(learningRate, seed, some, rules);
  }

  /** The trunk's name within its sweep. */
  public String id() {
    return "lr%s-seed%d".formatted(learningRate, seed);
  }

  /** The trials that branch off this trunk, by rank, then rule. */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (int rank : ranks) {
      for (UpdateRule rule : rules) {
        trials.add(new Trial(learningRate, seed, rank, rule));
      }
    }
    return trials;
  }
}
