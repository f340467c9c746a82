package org.eigensweep.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Trial;

/**
 * The trials that differ only in their seed.
 *
 * @param point one of them, for what they have in common
 * @param trials at least one
 */
record SummaryGroup(Trial point, List<TrialSummary> trials) {
  private record Key(double learningRate, Setting<Batches> batches, int rank, String branch) {
    static Key of(Trial trial) {
      return new Key(trial.learningRate(), trial.batches(), trial.rank(), trial.branch().name());
    }
  }

  /** Groups trials, in the order in which each group's first trial comes. */
  static List<SummaryGroup> of(List<TrialSummary> trials) {
    Map<Key, List<TrialSummary>> groups = new LinkedHashMap<>();
    for (TrialSummary t : trials) {
      groups.computeIfAbsent(Key.of(t.trial()), k -> new ArrayList<>()).add(t);
    }
    return groups.values().stream()
        .map(group -> new SummaryGroup(group.get(0).trial(), group))
        .toList();
  }

  int count(Status status) {
    return (int) trials.stream().filter(t -> t.status() == status).count();
  }

  /** Examples of a step in words; empty where the sweep has no axis of them. */
  String batchSize() {
    return point.batches().own().map(Batches::description).orElse("");
  }

  /** What tells the group from others, in words. */
  String name() {
    String batches = batchSize().isEmpty() ? "" : ", batch size " + batchSize();
    return "learning rate %s%s, rank %d, %s"
        .formatted(point.learningRate(), batches, point.rank(), point.branch().name());
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
