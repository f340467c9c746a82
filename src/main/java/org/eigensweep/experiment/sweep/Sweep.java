package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The grid of trials: every learning rate with every batch size, seed, rank and branch.
 *
 * @param name the experiment's name
 * @param problem what is trained
 * @param protocol how it is trained, for all trials
 * @param learningRates step sizes, positive, distinct
 * @param batchSizes examples a step, distinct; or the plan's alone
 * @param seeds roots of the random streams, distinct
 * @param ranks dimensions of the dominant space, distinct, at most {@code
 *     protocol.following().eigenspace().pairs()}
 * @param branches what is done after the switch, names distinct
 */
public record Sweep(
    String name,
    ProblemSource problem,
    Protocol protocol,
    List<Double> learningRates,
    List<Setting<Batches>> batchSizes,
    List<Long> seeds,
    List<Integer> ranks,
    List<Continuation> branches)
    implements Serializable {
  public Sweep {
    learningRates = List.copyOf(learningRates);
    batchSizes = List.copyOf(batchSizes);
    seeds = List.copyOf(seeds);
    ranks = List.copyOf(ranks);
    branches = List.copyOf(branches);
  }

  /** A sweep with the batches of the plan. */
  public Sweep(
      String name,
      ProblemSource problem,
      Protocol protocol,
      List<Double> learningRates,
      List<Long> seeds,
      List<Integer> ranks,
      List<Continuation> branches) {
    this(
        name,
        problem,
        protocol,
        learningRates,
        List.of(Setting.inherited()),
        seeds,
        ranks,
        branches);
  }

  /** All trials, by learning rate, then batch size, seed, rank and branch. */
  public List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Trunk trunk : trunks()) {
      trials.addAll(trunk.trials());
    }
    return trials;
  }

  /** The shared starts: trials that differ only in rank or branch have one trunk. */
  public List<Trunk> trunks() {
    List<Trunk> trunks = new ArrayList<>();
    for (double learningRate : learningRates) {
      for (Setting<Batches> batches : batchSizes) {
        for (long seed : seeds) {
          trunks.add(new Trunk(learningRate, batches, seed, ranks, branches));
        }
      }
    }
    return trunks;
  }
}
