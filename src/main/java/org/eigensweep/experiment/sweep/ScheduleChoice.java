package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.Schedule;

/** Whether a phase has a schedule of its own. */
public sealed interface ScheduleChoice extends Serializable {
  /**
   * The factor of a step's learning rate.
   *
   * @param step number of the step in its trial
   * @param leg the phase
   * @param plan of the trial
   */
  double factor(int step, Leg leg, TrainingPlan plan);

  /** The plan's, which counts the steps of the trial. */
  record Inherited() implements ScheduleChoice {
    @Override
    public double factor(int step, Leg leg, TrainingPlan plan) {
      return plan.schedule().factor(step, plan.steps());
    }
  }

  /**
   * Its own, which counts the steps of the phase.
   *
   * @param schedule the schedule
   */
  record Own(Schedule schedule) implements ScheduleChoice {
    @Override
    public double factor(int step, Leg leg, TrainingPlan plan) {
      return schedule.factor(step - leg.start(), leg.end() - leg.start());
    }
  }
}
