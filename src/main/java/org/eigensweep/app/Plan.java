package org.eigensweep.app;

import java.util.List;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Opening;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;

/**
 * What a sweep comes to before it runs.
 *
 * @param name the experiment's name
 * @param trunks the shared starts, with their trials
 * @param training how a trial is trained
 * @param measuring what the rows cost beyond what is free
 */
record Plan(String name, List<Trunk> trunks, TrainingPlan training, MeasuringCost measuring) {
  static Plan of(Sweep sweep) {
    return new Plan(sweep.name(), sweep.trunks(), sweep.protocol().plan(), MeasuringCost.of(sweep));
  }

  private int steps() {
    return training.steps();
  }

  /** The latest step at which a trunk can end. */
  private int latestSwitch() {
    return training.switchRule() instanceof SwitchRule.AtStep at ? at.step() : steps();
  }

  /** Number of trials. */
  long trials() {
    return trunks.stream().mapToLong(trunk -> trunk.trials().size()).sum();
  }

  /** Steps that all trials would make if each ran on its own. */
  long stepsApart() {
    return trials() * steps();
  }

  /**
   * Steps that sharing saves if every trunk switches as late as it can: those of trunks, and those
   * of branches where the ranks have one switch and the rule does not project.
   */
  long mostStepsSaved() {
    long sharedBranches =
        trunks.stream()
            .mapToLong(
                t ->
                    (t.ranks().size() - 1)
                        * t.branches().stream().filter(branch -> !branch.projects()).count())
            .sum();
    return (trials() - trunks.size()) * latestSwitch()
        + sharedBranches * Math.max(0, steps() - latestSwitch());
  }

  /** A few lines for a terminal, each ended. */
  String render() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %s in %s, %s each%n"
            .formatted(
                name,
                count(trials(), "trial"),
                count(trunks.size(), "trunk"),
                count(steps(), "step")));
    for (Trunk trunk : trunks) {
      text.append("trunk %s%n".formatted(trunk.id()));
      for (Trial trial : trunk.trials()) {
        text.append("  %s%n".formatted(trial.id()));
      }
    }
    WarmUp warmUp = training.warmUp();
    if (warmUp.steps() > 0) {
      text.append(
          "Before each trunk, %s on each of %s, averaged every %s.%n"
              .formatted(
                  count(warmUp.steps(), "step"),
                  count(warmUp.workers(), "worker"),
                  count(warmUp.averagingFrequency(), "step")));
    }
    for (Opening opening : training.openings()) {
      text.append("A trunk opens with %s.%n".formatted(opening.description()));
    }
    for (Continuation branch : trunks.get(0).branches()) {
      if (branch.method() instanceof Method.Own own) {
        text.append("Branch %s goes on with %s.%n".formatted(branch.name(), own.description()));
      }
    }
    text.append(measuring.render());
    return text.append(
            "Sharing what is equal saves at most %d of %s.%n"
                .formatted(mostStepsSaved(), count(stepsApart(), "step")))
        .toString();
  }

  /** A number with its noun, in the plural unless it is one. */
  static String count(long number, String noun) {
    return count(number, noun, noun + "s");
  }

  /** A number with its noun. */
  static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }
}
