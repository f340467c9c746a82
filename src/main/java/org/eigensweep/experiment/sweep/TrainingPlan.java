package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Schedule;

/**
 * How a trial is trained, its step size and seed aside.
 *
 * @param openings phases of a trunk before the one that the switch ends
 * @param optimizer the base optimiser of that one
 * @param schedule how the learning rate changes over the steps of a trial
 * @param warmUp what comes before each trunk
 * @param batches examples of each step; in the warm-up, of each step of a worker
 * @param steps updates a trial makes in all, trunk included; at least those of the openings
 * @param switchRule when the trunk ends; it is asked after the openings
 */
public record TrainingPlan(
    List<Opening> openings,
    OptimizerSettings optimizer,
    Schedule schedule,
    WarmUp warmUp,
    Batches batches,
    int steps,
    SwitchRule switchRule)
    implements Serializable {
  public TrainingPlan {
    openings = List.copyOf(openings);
  }

  /** A plan whose trunks have a single phase, at a constant learning rate. */
  public TrainingPlan(
      OptimizerSettings optimizer,
      WarmUp warmUp,
      Batches batches,
      int steps,
      SwitchRule switchRule) {
    this(List.of(), optimizer, Schedule.CONSTANT, warmUp, batches, steps, switchRule);
  }

  /** The first step at which a trunk can switch. */
  public int earliestSwitch() {
    return switchRule instanceof SwitchRule.AtStep at ? at.step() : opened();
  }

  /**
   * The step at which a trunk is taken to switch before it is known: after half of all steps, or
   * when its phases are over, where training decides.
   */
  public int expectedSwitch() {
    return switchRule instanceof SwitchRule.AtStep at
        ? Math.min(at.step(), steps)
        : Math.max(steps / 2, opened());
  }

  private int opened() {
    return openings.stream().mapToInt(Opening::steps).sum();
  }

  /**
   * The factor of a step's learning rate. The plan's schedule counts the steps of a trial, a
   * phase's own those of the phase.
   *
   * @param step number of the step in its trial
   * @param leg its phase
   */
  public double factor(int step, Leg leg) {
    return leg.recipe()
        .schedule()
        .own()
        .map(own -> own.factor(step - leg.start(), leg.end() - leg.start()))
        .orElseGet(() -> schedule.factor(step, steps));
  }

  /** The phases of a trunk, as far as it can go. */
  public List<Leg> trunkLegs() {
    List<Leg> legs = new ArrayList<>();
    int step = 0;
    for (Opening opening : openings) {
      legs.add(new Leg(opening.recipe(), step, step + opening.steps()));
      step += opening.steps();
    }
    legs.add(new Leg(Recipe.of(optimizer), step, steps));
    return legs;
  }

  /** The phases of a trial's branch, those of its trunk before it included. */
  public List<Leg> branchLegs(Continuation branch, int switchStep) {
    if (branch.method() instanceof Method.Own own) {
      return List.of(new Leg(own.recipe(), switchStep, steps));
    }
    return trunkLegs();
  }
}
