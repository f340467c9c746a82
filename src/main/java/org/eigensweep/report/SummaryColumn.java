package org.eigensweep.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigensweep.experiment.outcome.TrialSummary;

/**
 * A column of the summary of a sweep.
 *
 * @param heading its heading
 * @param cell what it says of a group of trials
 * @param dropped when it gives room to others in a narrow terminal: 1 is the first to go, 0 stays
 */
record SummaryColumn(String heading, Function<SummaryGroup, String> cell, int dropped) {
  private static final String BRANCH = "branch";
  private static final String BATCH = "batch";

  private static final List<SummaryColumn> ALL =
      List.of(
          new SummaryColumn("rate", g -> String.valueOf(g.point().learningRate()), 0),
          new SummaryColumn(BATCH, SummaryGroup::batchSize, 0),
          new SummaryColumn("rank", g -> String.valueOf(g.point().rank()), 0),
          new SummaryColumn(BRANCH, g -> g.point().branch().name(), 0),
          new SummaryColumn("switch", SummaryColumn::switchSteps, 2),
          new SummaryColumn(
              "loss there", g -> Digits.mean(g.values(TrialSummary::switchTrainLoss)), 0),
          new SummaryColumn(
              "loss at end", g -> Digits.meanAndSpread(g.values(TrialSummary::finalTrainLoss)), 0),
          new SummaryColumn("χ_k", g -> Digits.mean(g.values(TrialSummary::branchAlignment)), 3),
          new SummaryColumn(
              "accuracy", g -> Digits.mean(g.values(TrialSummary::finalTestAccuracy)), 1));

  /** The columns of some groups: that of the batch sizes only where these differ. */
  static List<SummaryColumn> of(List<SummaryGroup> groups) {
    boolean batches = groups.stream().anyMatch(group -> !group.batchSize().isEmpty());
    return ALL.stream().filter(column -> batches || !column.heading().equals(BATCH)).toList();
  }

  /** Whether it holds words, which start at the left. */
  boolean isText() {
    return heading.equals(BRANCH);
  }

  /** Characters of its widest line. */
  int width(List<SummaryGroup> groups) {
    return groups.stream()
        .mapToInt(group -> cell.apply(group).length())
        .reduce(heading.length(), Math::max);
  }

  private static String switchSteps(SummaryGroup group) {
    int[] steps =
        group.averaged().stream().mapToInt(TrialSummary::switchStep).filter(s -> s >= 0).toArray();
    if (steps.length == 0) {
      return Digits.NONE;
    }
    int first = IntStream.of(steps).min().orElseThrow();
    int last = IntStream.of(steps).max().orElseThrow();
    return first == last ? String.valueOf(first) : first + "–" + last;
  }
}
