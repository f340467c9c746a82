package org.eigensweep.experiment.sweep;

/**
 * A trial as tables know it, among trials of any other sweep: its hash, and what it is in words.
 *
 * @param hash of all that fixes its numbers
 * @param experiment name of the sweep that ran it
 * @param trial its place in that sweep
 * @param optimizer the base optimiser in words
 * @param batchSize examples a step
 * @param model the architecture in words, or the kind of function
 * @param loss name of the training loss
 * @param data origin of the training set
 */
public record TrialIdentity(
    String hash,
    String experiment,
    Trial trial,
    String optimizer,
    int batchSize,
    String model,
    String loss,
    String data) {
  /** The identity of a trial of a sweep. */
  public static TrialIdentity of(Sweep sweep, SweepProblem problem, Trial trial) {
    Protocol protocol = sweep.protocol();
    ProblemLabels labels = problem.labels();
    return new TrialIdentity(
        Fingerprint.of(protocol, problem, trial).hash(),
        sweep.name(),
        trial,
        protocol.plan().optimizer().description(),
        trial.batches().or(protocol.plan().batches()).size(problem.examples()),
        labels.model(),
        labels.loss(),
        labels.train().source());
  }

  /** A name that no other trial has, fit for a file: the trial's within its sweep, and the hash. */
  public String name() {
    return trial.id() + "-" + hash;
  }
}
