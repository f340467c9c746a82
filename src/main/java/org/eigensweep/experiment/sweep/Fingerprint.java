package org.eigensweep.experiment.sweep;

import static org.eigensweep.network.preset.Word.word;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.training.Schedule;

/**
 * All that fixes the numbers of a trial or a trunk, by the settings' names where they have one. Two
 * trials with the same parts have the same rows, to the rounding of where they run. What only says
 * where and with how much memory they run is no part, nor is what else the sweep holds.
 *
 * @param parts name of a part → its value in words, in order of the names
 */
public record Fingerprint(SortedMap<String, String> parts) {
  /** Hexadecimal digits of a hash: of a million trials, two are alike with a chance of 1 in 500. */
  private static final int DIGITS = 12;

  /** What fixes the numbers of a trial. */
  public static Fingerprint of(Protocol protocol, SweepProblem problem, Trial trial) {
    Fingerprint all =
        common(protocol, problem, trial.learningRate(), trial.batches(), trial.seed());
    all.put("rank", trial.rank());
    all.put("branch", trial.branch().description());
    return all;
  }

  /** What fixes the numbers of a trunk, for every rank. */
  public static Fingerprint of(Protocol protocol, SweepProblem problem, Trunk trunk) {
    return common(protocol, problem, trunk.learningRate(), trunk.batches(), trunk.seed());
  }

  private static Fingerprint common(
      Protocol protocol, SweepProblem problem, double rate, Setting<Batches> batches, long seed) {
    Fingerprint all = new Fingerprint(new TreeMap<>());
    all.parts.putAll(problem.parts());
    all.putPlan(protocol.plan(), batches);
    all.putFollowing(protocol.following());
    all.put("learning-rate", rate);
    all.put("seed", seed);
    return all;
  }

  private void putPlan(TrainingPlan plan, Setting<Batches> batches) {
    put("training.optimizer", plan.optimizer().description());
    if (!plan.schedule().equals(Schedule.CONSTANT)) {
      put("training.schedule", plan.schedule().description());
    }
    put("training.batch-size", batches.or(plan.batches()).description());
    put("training.steps", plan.steps());
    for (int i = 0; i < plan.openings().size(); i++) {
      put("training.phases." + i, plan.openings().get(i).description());
    }
    WarmUp warmUp = plan.warmUp();
    if (warmUp.steps() > 0) {
      put(
          "training.warm-up",
          "steps=%d averaging-frequency=%d workers=%d"
              .formatted(warmUp.steps(), warmUp.averagingFrequency(), warmUp.workers()));
    }
    put("training.switch", plan.switchRule().description());
  }

  private void putFollowing(Following following) {
    SolverSettings solver = following.eigenspace();
    put("eigenspace.pairs", solver.pairs());
    put("eigenspace.tolerance", solver.tolerance());
    put("eigenspace.which", word(solver.which()));
    put("eigenspace.max-products", solver.maxProducts());
    put("eigenspace.error", following.error());
    putMeasuring(following.measuring());
  }

  /** What costs nothing and is not asked for is left out, so that older trials keep their hash. */
  private void putMeasuring(Measuring measuring) {
    put("measure.every", measuring.every());
    if (measuring.eigenspaceEvery() != measuring.every()) {
      put("measure.eigenspace-every", measuring.eigenspaceEvery());
    }
    if (measuring.lossChange() != LossChange.PARTIAL) {
      put("measure.loss-change", word(measuring.lossChange()));
    }
    if (!measuring.overlaps().isEmpty()) {
      put("measure.overlaps", measuring.overlaps());
    }
    if (measuring.plainDistance() != PlainDistance.OFF) {
      put("measure.distance-to-plain", word(measuring.plainDistance()));
    }
    if (measuring.noiseBatches() > 0) {
      put("measure.noise-batches", measuring.noiseBatches());
    }
    if (!measuring.spectrum().isEmpty()) {
      put("measure.spectrum", measuring.spectrum().description());
    }
  }

  private void put(String name, Object value) {
    parts.put(name, String.valueOf(value));
  }

  /** A short name of all parts together: the first digits of the SHA-256 of a line for each. */
  public String hash() {
    StringBuilder lines = new StringBuilder();
    parts.forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(lines.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
