package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The shared start of the trials of one learning rate, batch size and seed: the base optimiser,
 * unprojected, from its start to the switch of each rank.
 *
 * @param learningRate step size of the base optimiser
 * @param batches examples of a step, where the sweep has an axis of them
 * @param seed root of the random streams
 * @param ranks ranks whose switch ends the trunk for their branches
 * @param branches what branches off at each switch
 */
public record Trunk(
    double learningRate,
    Setting<Batches> batches,
    long seed,
    List<Integer> ranks,
    List<Continuation> branches)
    implements Serializable {
  public Trunk {
    ranks = List.copyOf(ranks);
    branches = List.copyOf(branches);
  }

  /** A trunk with the batches of the plan. */
  public Trunk(double learningRate, long seed, List<Integer> ranks, List<Continuation> branches) {
    this(learningRate, Setting.inherited(), seed, ranks, branches);
  }

  /** The same trunk, for some of its ranks. */
  Trunk withRanks(List<Integer> some) {
    return new Trunk(learningRate, batches, seed, some, branches);
  }

  /** The trunk's name within its sweep. */
  public String id() {
    return id(learningRate, batches, seed);
  }

  static String id(double learningRate, Setting<Batches> batches, long seed) {
    String size = batches.own().map(own -> "-batch" + own.description()).orElse("");
    return "lr%s%s-seed%d".formatted(learningRate, size, seed);
  }

  /** The trials that branch off this trunk, by rank, then branch. */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (int rank : ranks) {
      for (Continuation branch : branches) {
        trials.add(new Trial(learningRate, batches, seed, rank, branch));
      }
    }
    return trials;
  }
}
