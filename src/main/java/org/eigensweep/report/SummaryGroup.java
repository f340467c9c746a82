package org.eigensweep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;

/**
 * The trials that differ only in their seed.
 *
 * @param learningRate their learning rate
 * @param rank their rank
 * @param rule the name of their rule
 * @param trials at least one
 */
record SummaryGroup(double learningRate, int rank, String rule, List<TrialSummary> trials) {
  private record Key(double learningRate, int rank, String rule) {}

  /** Groups trials, in the order in which each group's first trial comes. */
  static List<SummaryGroup> of(List<TrialSummary> trials) {
    Map<Key, List<TrialSummary>> groups = new LinkedHashMap<>();
    for (TrialSummary t : trials) {
      Key key = new Key(t.learningRate(), t.rank(), t.rule());
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(t);
    }
    return groups.entrySet().stream()
        .map(
            e ->
                new SummaryGroup(
                    e.getKey().learningRate(), e.getKey().rank(), e.getKey().rule(), e.getValue()))
        .toList();
  }

  int count(Status status) {
    return (int) trials.stream().filter(t -> t.status() == status).count();
  }

  /**
   * The trials that averages are over, all of one kind: the completed ones; if there are none,
   * those that never switched. A diverged trial has no end to average.
   */
  List<TrialSummary> averaged() {
    Status kind = count(Status.COMPLETED) > 0 ? Status.COMPLETED : Status.NOT_SWITCHED;
    return trials.stream().filter(t -> t.status() == kind).toList();
  }

  /** A number of each averaged trial that has it. */
  double[] values(ToDoubleFunction<TrialSummary> number) {
    return averaged().stream().mapToDouble(number).filter(x -> !Double.isNaN(x)).toArray();
  }
}
