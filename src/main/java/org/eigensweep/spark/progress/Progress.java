package org.eigensweep.spark.progress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SharedBranch;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;

/**
 * Trials done, and steps made of all steps to make. Each trunk and each branch is a part with an
 * expected number of steps: what the switch rule says, or half of all steps where the switch
 * depends on the training. A part that turns out longer or shorter corrects the total, so that the
 * end is always 100 %.
 *
 * <p>Called from driver threads and from Spark's listener thread.
 */
public final class Progress {
  /** Which part an accumulator tells of, and what. */
  private record Followed(String part, Hearing hearing) {}

  private interface Hearing {
    void take(Part part, Number value);
  }

  private final Gauge gauge;
  private final TrainingPlan plan;
  private final LongSupplier nanoTime;
  private final int trials;
  private final Speed speed = new Speed();
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<Long, Followed> followed = new HashMap<>();
  private int done;
  private int mostAtOnce;

  /**
   * Nothing has been made yet.
   *
   * @param sweep all trials
   * @param work those that are still to be run
   * @param gauge shown to people
   * @param nanoTime a clock, in nanoseconds
   */
  public Progress(Sweep sweep, List<PendingTrunk> work, Gauge gauge, LongSupplier nanoTime) {
    this.plan = sweep.protocol().plan();
    this.gauge = gauge;
    this.nanoTime = nanoTime;
    this.trials = sweep.trials().size();
    this.done = trials - work.stream().mapToInt(w -> w.trials().size()).sum();
    for (PendingTrunk w : work) {
      parts.put(w.trunk().id(), part(w.trunk()));
      Set<Continuation> shared = new HashSet<>();
      for (Trial trial : w.trials()) {
        boolean runs = !switchesAtOnce() || trial.branch().projects() || shared.add(trial.branch());
        parts.put(trial.id(), part(trial, runs ? plan.steps() - plan.expectedSwitch() : 0));
      }
    }
  }

  private Part part(Trunk trunk) {
    int rank = trunk.ranks().stream().mapToInt(k -> k).max().orElseThrow();
    return new Part(new Part.Kind(words(trunk.batches()), ""), rank, plan.expectedSwitch());
  }

  private static Part part(Trial trial, long expected) {
    var kind = new Part.Kind(words(trial.batches()), trial.branch().name());
    return new Part(kind, trial.rank(), expected);
  }

  private static String words(Setting<Batches> batches) {
    return batches.own().map(Batches::description).orElse("");
  }

  /** Whether all ranks have one switch, and so one branch of a rule that does not project. */
  private boolean switchesAtOnce() {
    return plan.switchRule() instanceof SwitchRule.AtStep;
  }

  /** The k of the χ_k that is shown of a part. */
  public synchronized int rankOf(String part) {
    return parts.get(part).rank();
  }

  /**
   * Takes what accumulators say of a part's segment, which goes on after so many steps of the part.
   * They are the part's only ones from now on.
   *
   * @param at where it goes on; empty at the start of the part
   */
  public synchronized void follow(
      String name, PartSigns signs, long before, Optional<Checkpoint> at) {
    unfollow(name);
    Part part = parts.get(name);
    part.startsAfter(before);
    at.ifPresent(it -> it.measurements().forEach(row -> see(part, row)));
    hear(signs.steps().id(), name, (p, n) -> p.reaches(before + n.longValue(), now()));
    hear(signs.loss().id(), name, (p, x) -> p.sees(p.seen().withLoss(x.doubleValue())));
    hear(signs.alignment().id(), name, (p, x) -> p.sees(p.seen().withAlignment(x.doubleValue())));
    show();
  }

  private void hear(long accumulator, String part, Hearing hearing) {
    followed.put(accumulator, new Followed(part, hearing));
  }

  private void unfollow(String part) {
    followed.values().removeIf(it -> it.part().equals(part));
  }

  private long now() {
    return nanoTime.getAsLong();
  }

  /** An accumulator's value in a running task, which a retry of the task starts again from 0. */
  synchronized void heard(long accumulator, Number value) {
    Followed it = followed.get(accumulator);
    if (it != null) {
      it.hearing().take(parts.get(it.part()), value);
      show();
    }
  }

  /** Steps that a trunk or a branch has made so far. */
  public synchronized void made(String name, long steps) {
    parts.get(name).reaches(steps, now());
    show();
  }

  /** A row of a trunk or a branch. */
  public synchronized void measured(String name, Measurement row) {
    see(parts.get(name), row);
    show();
  }

  private static void see(Part part, Measurement row) {
    Sighting seen = part.seen().withLoss(row.trainLoss());
    double alignment = row.gradientAlignment(part.rank());
    part.sees(Double.isFinite(alignment) ? seen.withAlignment(alignment) : seen);
  }

  /** A trunk is done: its length is known, and with the switches that of the branches. */
  public synchronized void trunkDone(PendingTrunk work, TrunkOutcome outcome) {
    settle(work.trunk().id(), outcome.cost());
    work.trials().forEach(trial -> parts.get(trial.id()).expects(0));
    for (SharedBranch branch : SharedBranch.of(work.trials(), outcome.switches())) {
      var from = outcome.switches().get(branch.leader().rank());
      long steps = from == null ? 0 : plan.steps() - from.step();
      parts.get(branch.leader().id()).expects(steps);
    }
    show();
  }

  /** A branch is done. */
  public synchronized void branchDone(Trial trial, Cost cost) {
    settle(trial.id(), cost);
    show();
  }

  private void settle(String part, Cost cost) {
    unfollow(part); // a late heartbeat must not count
    parts.get(part).ends(cost);
  }

  /** A trial is finished, and its rows are written. */
  public synchronized void ended(TrialSummary trial) {
    done++;
    gauge.ended(trial, state());
  }

  /** A trunk failed: neither made nor expected any more. */
  public synchronized void dropped(String part) {
    unfollow(part);
    parts.get(part).dropped();
    show();
  }

  /** A trial failed. */
  public synchronized void failed(Trial trial) {
    dropped(trial.id());
    gauge.failed(trial, state());
  }

  /**
   * Shows the last state for good, so that other lines can follow.
   *
   * @return trials that are finished
   */
  public synchronized int stop() {
    gauge.close();
    return done;
  }

  /** Shows the present state. */
  public synchronized void show() {
    gauge.show(state());
  }

  private SweepState state() {
    long made = 0;
    long expected = 0;
    List<SweepState.RunningPart> running = new ArrayList<>();
    for (Map.Entry<String, Part> entry : parts.entrySet()) {
      Part part = entry.getValue();
      made += part.made();
      expected += part.expected();
      if (part.runs()) {
        Sighting seen = part.seen();
        running.add(
            new SweepState.RunningPart(entry.getKey(), part.rank(), seen.loss(), seen.alignment()));
      }
    }
    speed.at(now(), made);
    mostAtOnce = Math.max(mostAtOnce, running.size());
    double left = TimeLeft.of(parts.values(), mostAtOnce, now());
    return new SweepState(done, trials, made, expected, speed.perSecond(), left, running);
  }
}
