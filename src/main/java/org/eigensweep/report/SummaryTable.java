package org.eigensweep.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;

/** A sweep's result as plain text: a line for each learning rate, rank and rule. */
public final class SummaryTable {
  private static final List<String> HEADER =
      List.of(
          "learning rate",
          "rank",
          "rule",
          "trials",
          "train loss",
          "test accuracy",
          "χ_k at switch",
          "switch step",
          "steps/s");

  private static final int RULE = 2; // the column of words, which starts at the left

  private SummaryTable() {}

  /**
   * Lays out the table: number of trials; final training loss and test accuracy as mean ± sample
   * standard deviation over seeds; mean χ_k and first to last step of the switch; mean steps a
   * second. Averages are over completed trials, or over those that never switched where none
   * completed; lines below the table count what is left out.
   *
   * @param trials in the order in which groups are to appear
   * @return lines of at most 110 columns for rules of up to 20 letters, each with its line feed
   */
  public static String render(List<TrialSummary> trials) {
    List<SummaryGroup> groups = SummaryGroup.of(trials);
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    groups.forEach(group -> lines.add(cells(group)));
    int[] widths =
        IntStream.range(0, HEADER.size())
            .map(c -> lines.stream().mapToInt(line -> line.get(c).length()).max().orElseThrow())
            .toArray();
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line(line, widths)).append('\n'));
    groups.forEach(group -> text.append(leftOut(group)));
    return text.toString();
  }

  private static List<String> cells(SummaryGroup group) {
    return List.of(
        String.valueOf(group.learningRate()),
        String.valueOf(group.rank()),
        group.rule(),
        String.valueOf(group.trials().size()),
        Digits.meanAndSpread(group.values(TrialSummary::finalTrainLoss)),
        Digits.meanAndSpread(group.values(TrialSummary::finalTestAccuracy)),
        Digits.mean(group.values(TrialSummary::switchAlignment)),
        switchSteps(group),
        Digits.mean(group.values(TrialSummary::stepsPerSecond)));
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

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String cell = cells.get(c);
      String padding = " ".repeat(widths[c] - cell.length());
      line.append(c == 0 ? "" : "  ").append(c == RULE ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private static String leftOut(SummaryGroup group) {
    List<String> counts = new ArrayList<>();
    if (group.count(Status.DIVERGED) > 0) {
      counts.add(group.count(Status.DIVERGED) + " diverged");
    }
    if (group.count(Status.NOT_SWITCHED) > 0) {
      counts.add(group.count(Status.NOT_SWITCHED) + " not switched");
    }
    return counts.isEmpty()
        ? ""
        : "learning rate %s, rank %d, %s: %s of %d %s\n"
            .formatted(
                group.learningRate(),
                group.rank(),
                group.rule(),
                String.join(" and ", counts),
                group.trials().size(),
                group.trials().size() == 1 ? "trial" : "trials");
  }
}
