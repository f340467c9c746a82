package org.eigensweep.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.training.UpdateRule;

/**
 * What a sweep says of the question where training happens, in one sentence: how the training loss
 * changed from the switch on with plain updates, with their part inside the dominant space alone,
 * and with their part outside it alone. The numbers choose the words. Branches that train in ways
 * of their own have no part in it, since more than the projection tells them from plain training.
 *
 * @param sides what is compared with plain training
 * @param lost sides of which no trial came to its end beside a plain one
 * @param starts the trials of each switch at which all sides came to their end, by side
 * @param switches how many switches there are
 */
record Comparison(
    List<Side> sides, List<Side> lost, List<Map<Side, TrialSummary>> starts, int switches) {
  /** A part of the update that is applied. */
  enum Side {
    PLAIN("plain training"),
    INSIDE("inside the dominant space"),
    OUTSIDE("outside it");

    private final String words;

    Side(String words) {
      this.words = words;
    }

    private UpdateRule rule() {
      return switch (this) {
        case PLAIN -> UpdateRule.PLAIN;
        case INSIDE -> UpdateRule.DOMINANT;
        case OUTSIDE -> UpdateRule.BULK;
      };
    }

    /** The side of a branch that differs from plain training in nothing else. */
    static Optional<Side> of(Continuation branch) {
      return branch.method() instanceof Method.AsTrunk
          ? Stream.of(values()).filter(side -> side.rule().equals(branch.rule())).findFirst()
          : Optional.empty();
    }
  }

  /** What trials of one switch share. */
  private record Switch(double learningRate, Setting<Batches> batches, long seed, int rank) {
    static Switch of(Trial trial) {
      return new Switch(trial.learningRate(), trial.batches(), trial.seed(), trial.rank());
    }
  }

  /** More of the gradient than this in the dominant space makes it a surprise. */
  private static final double MOST = 0.5;

  /**
   * The sentence; empty where the sweep has no plain trials or none to compare with them, and where
   * trials were written before tables held the loss at the switch.
   */
  static Optional<String> sentence(List<TrialSummary> trials) {
    if (trials.stream()
        .anyMatch(t -> t.status() == Status.COMPLETED && Double.isNaN(t.switchTrainLoss()))) {
      return Optional.empty();
    }
    Map<Switch, Map<Side, TrialSummary>> all = new LinkedHashMap<>();
    for (TrialSummary trial : trials) {
      Side.of(trial.trial().branch())
          .ifPresent(
              side ->
                  all.computeIfAbsent(Switch.of(trial.trial()), k -> new LinkedHashMap<>())
                      .putIfAbsent(side, trial));
    }
    List<Side> sides = new ArrayList<>();
    for (Side side : Side.values()) {
      if (all.values().stream().anyMatch(start -> start.containsKey(side))) {
        sides.add(side);
      }
    }
    return sides.size() > 1 && sides.contains(Side.PLAIN)
        ? Optional.of(of(sides, all.values()).words())
        : Optional.empty();
  }

  private static Comparison of(List<Side> asked, Collection<Map<Side, TrialSummary>> all) {
    List<Side> sides = new ArrayList<>();
    List<Side> lost = new ArrayList<>();
    for (Side side : asked) {
      boolean ended = all.stream().anyMatch(start -> ended(start, List.of(Side.PLAIN, side)));
      (ended ? sides : lost).add(side);
    }
    List<Map<Side, TrialSummary>> starts =
        all.stream().filter(start -> sides.size() > 1 && ended(start, sides)).toList();
    int switches =
        (int)
            all.stream()
                .filter(start -> start.values().stream().anyMatch(t -> t.switchStep() >= 0))
                .count();
    return new Comparison(sides, lost, starts, switches);
  }

  private static boolean ended(Map<Side, TrialSummary> start, List<Side> sides) {
    return sides.stream()
        .allMatch(side -> start.containsKey(side) && Double.isFinite(change(start.get(side))));
  }

  /** The training loss at the end less that at the switch; NaN unless the trial completed. */
  private static double change(TrialSummary trial) {
    return trial.status() == Status.COMPLETED
        ? trial.finalTrainLoss() - trial.switchTrainLoss()
        : Double.NaN;
  }

  private String words() {
    if (switches == 0) {
      return "No trial came to its switch, so there is nothing to compare.";
    }
    if (starts.isEmpty()) {
      return "At no switch did plain training and a projected branch both come to their end, so"
          + " there is nothing to compare.";
    }
    StringBuilder words = new StringBuilder("From the switch on");
    if (switches > 1) {
      words.append(
          starts.size() == switches
              ? " (means over %d switches)".formatted(switches)
              : " (means over those %d of %d switches where all came to their end)"
                  .formatted(starts.size(), switches));
    }
    double plain = mean(Side.PLAIN, Comparison::change);
    words.append(", plain training ").append(plainly(plain)).append("; ");
    words.append(inside());
    lost.forEach(side -> words.append("; ").append(side.words).append(" no trial came to its end"));
    return words.append(gradient(plain)).append('.').toString();
  }

  /** What the loss did on the sides beside plain training. */
  private String inside() {
    List<String> parts = new ArrayList<>();
    for (Side side : sides.subList(1, sides.size())) {
      String place =
          side == Side.OUTSIDE && !sides.contains(Side.INSIDE)
              ? "outside the dominant space"
              : side.words;
      String it = parts.isEmpty() ? " it " : " ";
      parts.add(place + it + moved(mean(side, Comparison::change)));
    }
    return String.join(", ", parts);
  }

  /** How much of the gradient is inside, as something unexpected where it is. */
  private String gradient(double plain) {
    double alignment = mean(Side.PLAIN, TrialSummary::branchAlignment);
    if (Double.isNaN(alignment)) {
      return "";
    }
    int[] ranks =
        starts.stream().mapToInt(start -> rank(start.get(Side.PLAIN))).distinct().toArray();
    String name = "χ_" + (ranks.length == 1 ? String.valueOf(ranks[0]) : "k");
    String gradient =
        "%s of plain training's gradient averaged %s".formatted(name, Digits.few(alignment));
    return alignment > MOST && happensOutside(plain) ? ", though " + gradient : "; " + gradient;
  }

  private static int rank(TrialSummary trial) {
    return trial.trial().rank();
  }

  /** Whether less than half of what plain training gains is gained inside, and more outside. */
  private boolean happensOutside(double plain) {
    double half = plain / 2;
    return plain < 0
        && (!sides.contains(Side.INSIDE) || mean(Side.INSIDE, Comparison::change) > half)
        && (!sides.contains(Side.OUTSIDE) || mean(Side.OUTSIDE, Comparison::change) <= half)
        && lost.isEmpty();
  }

  private double mean(Side side, ToDoubleFunction<TrialSummary> number) {
    return starts.stream()
        .mapToDouble(start -> number.applyAsDouble(start.get(side)))
        .average()
        .orElse(Double.NaN);
  }

  private static String plainly(double change) {
    return change == 0
        ? "left the loss as it was"
        : (change < 0 ? "lowered the loss by " : "raised the loss by ")
            + Digits.few(Math.abs(change));
  }

  private static String moved(double change) {
    return change == 0
        ? "stayed as it was"
        : (change < 0 ? "fell by " : "rose by ") + Digits.few(Math.abs(change));
  }
}
