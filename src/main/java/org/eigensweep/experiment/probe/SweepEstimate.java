package org.eigensweep.experiment.probe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;

/**
 * What is left of a sweep comes to. The steps are those of the settings where the switch is at a
 * step; a switch that depends on the training is taken to come after half of all steps.
 *
 * @param steps updates
 * @param rows rows of losses alone
 * @param looks points whose space is measured
 * @param products Hessian-vector products
 * @param work seconds of all tasks together
 * @param seconds from the first task's start to the last one's end
 */
public record SweepEstimate(
    long steps, long rows, long looks, double products, double work, double seconds) {
  /** Multiplies what a probe saw by what is to be done. */
  public static SweepEstimate of(
      Sweep sweep, List<PendingTrunk> work, Probed probed, int tasks, int trunksInFlight) {
    Counting counting = new Counting(sweep, probed);
    List<Makespan.TrunkTimes> times = work.stream().map(counting::trunk).toList();
    return new SweepEstimate(
        counting.steps,
        counting.rows,
        counting.looks,
        counting.products,
        times.stream().mapToDouble(Makespan.TrunkTimes::work).sum(),
        Makespan.of(times, tasks, trunksInFlight));
  }

  private static final class Counting {
    private final TrainingPlan plan;
    private final Sweep sweep;
    private final Probed probed;
    private long steps;
    private long rows;
    private long looks;
    private double products;

    Counting(Sweep sweep, Probed probed) {
      this.sweep = sweep;
      this.plan = sweep.protocol().plan();
      this.probed = probed;
    }

    Makespan.TrunkTimes trunk(PendingTrunk work) {
      int at = plan.expectedSwitch();
      PartCost cost = probed.trunk(work.trunk().batches());
      double seconds = part(cost, 0, at);
      if (plan.switchRule() instanceof SwitchRule.AtStep && at > 0) {
        // Nothing was followed before: each rank's space is solved for at the switch.
        int solves = work.trunk().ranks().size();
        products += solves * cost.startProducts();
        seconds += solves * cost.start();
      }
      List<Double> branches = new ArrayList<>();
      Set<Continuation> shared = new HashSet<>();
      for (Trial trial : work.trials()) {
        Continuation branch = trial.branch();
        boolean once = plan.switchRule() instanceof SwitchRule.AtStep && !branch.projects();
        if (!once || shared.add(branch)) {
          PartCost of = probed.branch(branch, trial.batches());
          branches.add(part(of, at, plan.steps() + 1));
        }
      }
      return new Makespan.TrunkTimes(seconds, branches);
    }

    /** A trunk or a branch with its points from one step to before another. */
    private double part(PartCost cost, int from, int to) {
      var measuring = sweep.protocol().following().measuring();
      MeasuredPoints points = new MeasuredPoints(measuring, from, plan.steps());
      int made = Math.min(to, plan.steps()) - from;
      long looked = IntStream.range(from, to).filter(points::needsSpace).count();
      long alone =
          IntStream.range(from, to)
              .filter(step -> points.hasRow(step) && !points.needsSpace(step))
              .count();
      steps += made;
      rows += alone;
      looks += looked;
      products += cost.products(made, looked);
      return cost.seconds(made, alone, looked);
    }
  }
}
