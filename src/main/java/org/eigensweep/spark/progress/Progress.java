package org.eigensweep.spark.progress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eigensweep.experiment.outcome.SharedBranch;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trial;

/**
 * Steps made of all steps to make. Each trunk and each branch is a part with an expected number of
 * steps: what the switch rule says, or half of all steps where the switch depends on the training.
 * A part that turns out longer or shorter corrects the total, so that the end is always 100 %.
 *
 * <p>Called from driver threads and from Spark's listener thread.
 */
public final class Progress {
  private record Part(long expected, long made) {}

  /** A segment of a part, which has made some steps before. */
  private record Followed(String part, long before) {}

  private final Gauge gauge;
  private final Protocol protocol;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<Long, Followed> followed = new HashMap<>();

  public Progress(Protocol protocol, List<PendingTrunk> work, Gauge gauge) {
    this.protocol = protocol;
    this.gauge = gauge;
    for (PendingTrunk w : work) {
      parts.put(w.trunk().id(), new Part(expectedSwitch(), 0));
      Set<Continuation> shared = new HashSet<>();
      for (Trial trial : w.trials()) {
        boolean runs = !switchesAtOnce() || trial.branch().projects() || shared.add(trial.branch());
        parts.put(trial.id(), new Part(runs ? protocol.plan().steps() - expectedSwitch() : 0, 0));
      }
    }
  }

  /** Whether all ranks have one switch, and so one branch of a rule that does not project. */
  private boolean switchesAtOnce() {
    return protocol.plan().switchRule() instanceof SwitchRule.AtStep;
  }

  private long expectedSwitch() {
    if (protocol.plan().switchRule() instanceof SwitchRule.AtStep at) {
      return Math.min(at.step(), protocol.plan().steps());
    }
    return protocol.plan().steps() / 2;
  }

  /**
   * Takes what an accumulator says for the steps of a part's segment, after those before it. It is
   * the part's only one from now on.
   */
  public synchronized void follow(String part, long accumulator, long before) {
    unfollow(part);
    followed.put(accumulator, new Followed(part, before));
    made(part, before);
  }

  private void unfollow(String part) {
    followed.values().removeIf(it -> it.part().equals(part));
  }

  /** An accumulator's value in a running task, which a retry of the task starts again from 0. */
  synchronized void heard(long accumulator, long steps) {
    Followed segment = followed.get(accumulator);
    if (segment != null) {
      made(segment.part(), segment.before() + steps);
    }
  }

  /** Steps that a trunk or a branch has made so far. */
  public synchronized void made(String name, long steps) {
    parts.compute(name, (n, part) -> new Part(Math.max(part.expected(), steps), steps));
    show();
  }

  /** A trunk is done: its length is known, and with the switches that of the branches. */
  public synchronized void trunkDone(PendingTrunk work, TrunkOutcome outcome) {
    settle(work.trunk().id(), outcome.cost().steps());
    work.trials().forEach(trial -> parts.put(trial.id(), new Part(0, 0)));
    for (SharedBranch branch : SharedBranch.of(work.trials(), outcome.switches())) {
      var from = outcome.switches().get(branch.leader().rank());
      long steps = from == null ? 0 : protocol.plan().steps() - from.step();
      parts.put(branch.leader().id(), new Part(steps, 0));
    }
    show();
  }

  /** A branch is done, after this many steps of its own. */
  public synchronized void branchDone(Trial trial, long steps) {
    settle(trial.id(), steps);
    show();
  }

  /** A trunk or a branch failed: neither made nor expected any more. */
  public synchronized void dropped(String part) {
    settle(part, 0);
    show();
  }

  private void settle(String part, long steps) {
    unfollow(part); // a late heartbeat must not count
    parts.put(part, new Part(steps, steps));
  }

  /** Shows the present state. */
  public synchronized void show() {
    long made = 0;
    long expected = 0;
    for (Part part : parts.values()) {
      made += part.made();
      expected += part.expected();
    }
    gauge.show(made, expected);
  }
}
