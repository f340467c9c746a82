package org.eigensweep.app;

import static org.eigensweep.app.Plan.count;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigensweep.config.Settings;
import org.eigensweep.experiment.probe.Probe;
import org.eigensweep.experiment.probe.Probed;
import org.eigensweep.experiment.probe.SweepEstimate;
import org.eigensweep.experiment.probe.TrialVectors;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.spark.SweepOutlook;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.task.Cores;

/**
 * What a sweep would cost, in words: every number is an estimate, and what it rests on is said.
 *
 * @param settings of the sweep
 * @param outlook what a run would find
 */
record Forecast(Settings settings, SweepOutlook outlook) {
  private static final double MEBIBYTE = 1 << 20;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  /** Some lines, each ended. */
  String of(SweepProblem problem, double seconds) {
    if (outlook.work().isEmpty()) {
      return "All trials are finished in %s.%n".formatted(settings.output());
    }
    long vectors = TrialVectors.bytes(sweep(), problem.precision());
    Optional<String> advice = outlook.room().advice(vectors, outlook.threads());
    if (advice.isPresent()) {
      return memory(vectors, "vectors alone") + "Does not fit: %s.%n".formatted(advice.get());
    }
    int tasks = outlook.tasksHere();
    return Probe.of(sweep(), problem, outlook.devices(), outlook.threads(), tasks, seconds)
        .map(probed -> estimate(probed, bytes(probed, problem, vectors), seconds))
        .orElse("No estimate: training diverged within the probe's first steps.%n".formatted());
  }

  private Sweep sweep() {
    return settings.sweep();
  }

  /** What the probe held, and what trials gather later; no less than what is counted. */
  private long bytes(Probed probed, SweepProblem problem, long vectors) {
    long later = TrialVectors.bytesOfEarlierSpaces(sweep(), problem.precision());
    return Math.max(probed.bytes() + later, vectors);
  }

  private String estimate(Probed probed, long bytes, double seconds) {
    int tasks = outlook.tasksHere();
    int trunks = outlook.local().map(Cores::trunksInFlight).orElse(1);
    SweepEstimate all = SweepEstimate.of(sweep(), outlook.work(), probed, tasks, trunks);
    StringBuilder text = new StringBuilder();
    text.append("Estimate from %s on this machine:%n".formatted(probe(probed, seconds)));
    text.append("  steps     %,d, %s%n".formatted(all.steps(), rows(all)));
    text.append("  products  about %,d with the Hessian%n".formatted(rounded(all.products())));
    text.append("  time      about %s%n".formatted(time(all)));
    text.append("  memory    ").append(memory(bytes, "arrays"));
    outlook.kept().ifPresent(kept -> text.append("  passes    %s%n".formatted(kept.line())));
    text.append("Assumed: %s.%n".formatted(String.join("; ", assumptions(probed))));
    outlook
        .room()
        .advice(bytes, outlook.threads())
        .ifPresent(advice -> text.append("Does not fit: %s.%n".formatted(advice)));
    return text.toString();
  }

  private String probe(Probed probed, double seconds) {
    if (probed.steps() == 0) {
      return "a gradient and a product";
    }
    String length = BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    return "a probe of %s s, %s in %s at once"
        .formatted(length, count(probed.steps(), "step"), count(outlook.tasksHere(), "task"));
  }

  private static String rows(SweepEstimate all) {
    String looks = "%,d refreshes of the space that is measured".formatted(all.looks());
    return (all.rows() == 0 ? "and " : "%,d rows of losses alone, and ".formatted(all.rows()))
        + looks;
  }

  private String time(SweepEstimate all) {
    return outlook.local().isPresent()
        ? words(all.seconds())
        : "%s of one task like this machine's, to be divided by the tasks that run at once"
            .formatted(words(all.work()));
  }

  private String memory(long bytes, String what) {
    return "about %,.0f MiB of %s a task, %,.0f of %,.0f MiB %s%n"
        .formatted(
            bytes / MEBIBYTE,
            what,
            bytes * outlook.room().tasks() / MEBIBYTE,
            outlook.room().outside() / MEBIBYTE,
            outlook.room().place());
  }

  private List<String> assumptions(Probed probed) {
    List<String> all = new ArrayList<>();
    if (!(sweep().protocol().plan().switchRule() instanceof SwitchRule.AtStep)) {
      all.add(
          "trunks switch at step %d, which training decides"
              .formatted(sweep().protocol().plan().expectedSwitch()));
    }
    all.add(
        probed.steps() == 0
            ? "a projected step takes %d products, one that watches the alignment %d, and a row one for each pair, since a probe of steps would take too long"
                .formatted(Probe.PRODUCTS_OF_UPDATE, Probe.PRODUCTS_OF_ALIGNMENT)
            : "later steps need as many products as those of the probe, and other rates and ranks as"
                + " many");
    if (sweep().protocol().plan().warmUp().steps() > 0) {
      all.add("the warm-up takes no time");
    }
    if (settings.placement() instanceof Placement.DataParallel) {
      all.add("passes run in one piece, where a Spark job each adds to them");
    }
    all.add("Spark starts at once, where it takes some seconds");
    return all;
  }

  /** Two digits, which is more than an estimate knows. */
  private static long rounded(double number) {
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 1));
    return Math.round(Math.round(number / unit) * unit);
  }

  private static String words(double seconds) {
    if (seconds < MINUTE) {
      return String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds));
    }
    return seconds < HOUR
        ? String.format(Locale.ROOT, "%.1f min", seconds / MINUTE)
        : String.format(Locale.ROOT, "%.1f h", seconds / HOUR);
  }
}
