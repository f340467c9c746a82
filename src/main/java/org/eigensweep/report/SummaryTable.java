package org.eigensweep.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;

/** A sweep's result as plain text: a line for each group of trials that differ in their seed. */
public final class SummaryTable {
  /** Columns of a terminal. */
  private static final int WIDTH = 80;

  private static final String GAP = "  ";

  private final List<SummaryGroup> groups;
  private final List<SummaryColumn> columns;
  private final List<SummaryColumn> leftOut = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private SummaryTable(List<SummaryGroup> groups) {
    this.groups = groups;
    this.columns = new ArrayList<>(SummaryColumn.of(groups));
  }

  /**
   * Lays out the table, what its columns mean, and what it shows in a sentence. Averages are over
   * completed trials, or over those that never switched where none completed; lines below the table
   * count what is left out.
   *
   * @param trials in the order in which groups are to appear
   * @return lines of at most 80 characters for branches of up to 20 letters, each with its line
   *     feed
   */
  public static String render(List<TrialSummary> trials) {
    SummaryTable table = new SummaryTable(SummaryGroup.of(trials));
    table.fit();
    table.line(SummaryColumn::heading);
    table.groups.forEach(group -> table.line(column -> column.cell().apply(group)));
    table.groups.forEach(table::exceptions);
    table.legend();
    Comparison.sentence(trials).ifPresent(table::paragraph);
    return table.text.toString();
  }

  /** Takes columns away that do not fit, as far as others may go without them. */
  private void fit() {
    Optional<SummaryColumn> next = next();
    while (width() > WIDTH && next.isPresent()) {
      columns.remove(next.get());
      leftOut.add(next.get());
      next = next();
    }
  }

  private Optional<SummaryColumn> next() {
    return columns.stream()
        .filter(column -> column.dropped() > 0)
        .min(Comparator.comparingInt(SummaryColumn::dropped));
  }

  private int width() {
    int cells = columns.stream().mapToInt(column -> column.width(groups)).sum();
    return cells + GAP.length() * (columns.size() - 1);
  }

  private void line(Function<SummaryColumn, String> content) {
    String line = columns.stream().map(c -> cell(c, content)).collect(Collectors.joining(GAP));
    text.append(line.stripTrailing()).append('\n');
  }

  private String cell(SummaryColumn column, Function<SummaryColumn, String> content) {
    String cell = content.apply(column);
    String padding = " ".repeat(column.width(groups) - cell.length());
    return column.isText() ? cell + padding : padding + cell;
  }

  private void exceptions(SummaryGroup group) {
    List<String> counts = new ArrayList<>();
    if (group.count(Status.DIVERGED) > 0) {
      counts.add(group.count(Status.DIVERGED) + " diverged");
    }
    if (group.count(Status.NOT_SWITCHED) > 0) {
      counts.add(group.count(Status.NOT_SWITCHED) + " not switched");
    }
    if (!counts.isEmpty()) {
      text.append(
          "%s: %s of %s\n"
              .formatted(
                  group.name(), String.join(" and ", counts), trials(group.trials().size())));
    }
  }

  private static String trials(int count) {
    return count == 1 ? "1 trial" : count + " trials";
  }

  private void legend() {
    int seeds = groups.stream().mapToInt(group -> group.trials().size()).max().orElse(0);
    String means =
        seeds > 1 ? "Means over %d seeds, ± their standard deviation. ".formatted(seeds) : "";
    String gone = leftOut.stream().map(SummaryColumn::heading).collect(Collectors.joining(", "));
    paragraph(
        means
            + "Losses are over the training set. χ_k is the part ‖P_k g‖/‖g‖ of the gradient's norm"
            + " in the dominant space of k = rank eigenvectors, on average from the switch on."
            + (shows("accuracy") ? " Accuracy is on held-out data." : "")
            + (gone.isEmpty() ? "" : " No room for: %s; see the table trials.".formatted(gone)));
  }

  private boolean shows(String heading) {
    return columns.stream().anyMatch(column -> column.heading().equals(heading));
  }

  /** Words in lines that fit, after an empty line. */
  private void paragraph(String words) {
    text.append('\n');
    int length = 0;
    for (String word : words.split(" ", -1)) {
      if (length > 0 && length + 1 + word.length() > WIDTH) {
        text.append('\n');
        length = 0;
      }
      text.append(length == 0 ? "" : " ").append(word);
      length += (length == 0 ? 0 : 1) + word.length();
    }
    text.append('\n');
  }
}
