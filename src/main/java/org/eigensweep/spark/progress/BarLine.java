package org.eigensweep.spark.progress;

import java.util.ArrayList;
import java.util.List;

/** The line of the bar, which has exactly the width of the terminal, so that it covers the last. */
final class BarLine {
  /** A shorter bar says nothing, and a longer one no more. */
  private static final int SHORTEST = 5;

  private static final int LONGEST = 32;

  private final SweepState state;
  private final int width;
  private final List<String> words = new ArrayList<>();
  private int used;

  private BarLine(SweepState state, int width) {
    this.state = state;
    this.width = width;
  }

  /**
   * Takes what there is room for: trials first, then the time left, the speed, and loss and χ_k of
   * each part that runs.
   *
   * @param width in characters
   */
  static String of(SweepState state, int width) {
    BarLine line = new BarLine(state, width);
    String percent = "%3d %%".formatted(state.percent());
    line.used = percent.length();
    line.add("%d/%d trials".formatted(state.done(), state.trials()));
    if (state.goesOn()) {
      line.add(Words.time(state.left()) + " left");
    }
    if (!Double.isNaN(state.speed())) {
      line.addBeside(Words.few(state.speed()) + " steps/s");
    }
    line.addRunning();
    String all = percent + line.bar() + String.join("", line.words);
    return all.length() > width ? all.substring(0, width) : all + " ".repeat(width - all.length());
  }

  private boolean add(String word) {
    if (used + 1 + word.length() > width) {
      return false;
    }
    words.add(" " + word);
    used += 1 + word.length();
    return true;
  }

  /** Adds what matters less than a bar. */
  private void addBeside(String word) {
    if (used + 1 + word.length() + 1 + SHORTEST <= width) {
      add(word);
    }
  }

  private void addRunning() {
    String before = "loss ";
    for (SweepState.RunningPart part : state.running()) {
      if (!Double.isNaN(part.loss())) {
        if (!add(before + Words.few(part.loss()) + chi(part))) {
          return;
        }
        before = "| ";
      }
    }
  }

  private static String chi(SweepState.RunningPart part) {
    return Double.isNaN(part.alignment()) ? "" : " χ " + Words.share(part.alignment());
  }

  /** The bar in what room is left, with a space before it. */
  private String bar() {
    int length = Math.min(width - used - 1, LONGEST);
    if (length < SHORTEST) {
      return "";
    }
    int inside = length - 2;
    int full = (int) (inside * Math.min(100, state.percent()) / 100);
    return " [" + "=".repeat(full) + " ".repeat(inside - full) + "]";
  }
}
