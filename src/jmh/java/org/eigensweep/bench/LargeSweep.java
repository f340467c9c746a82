package org.eigensweep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.Distances;
import org.eigensweep.experiment.outcome.FullGradient;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Pairs;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.outcome.StepTaken;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.linalg.Stop;
import org.eigensweep.spark.reading.MadeTrial;
import org.eigensweep.training.UpdateRule;

/**
 * Writes the folder of a sweep that was never run, with random numbers in all columns that a run
 * fills by itself: 5 branches, 10 seeds, and as many learning rates as the number of trials asks
 * for. What is made of it can be timed.
 */
public final class LargeSweep {
  private static final int SEEDS = 10;
  private static final List<Continuation> BRANCHES =
      List.of(
          Continuation.PLAIN,
          Continuation.DOMINANT,
          Continuation.BULK,
          Continuation.asTrunk("half", new UpdateRule(0.5, 1)),
          Continuation.asTrunk("double", new UpdateRule(1, 2)));

  private LargeSweep() {}

  /**
   * Writes the folder.
   *
   * @param arguments folder, trials, steps of each
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    int steps = Integer.parseInt(arguments[2]);
    IntStream.range(0, Integer.parseInt(arguments[1]))
        .parallel()
        .forEach(i -> write(folder, i, steps));
  }

  private static void write(Path folder, int i, int steps) {
    Continuation branch = BRANCHES.get(i % BRANCHES.size());
    int seed = i / BRANCHES.size() % SEEDS;
    double rate = 0.01 * (1 + i / BRANCHES.size() / SEEDS);
    SplittableRandom random = new SplittableRandom(i);
    List<Measurement> points = new ArrayList<>();
    for (int t = 0; t <= steps; t++) {
      points.add(point(t, t < steps, random));
    }
    try {
      MadeTrial.of("large", rate, seed, branch).with(points).finish(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Measurement point(int t, boolean goesOn, SplittableRandom random) {
    Components gradient = components(random);
    double loss = (0.1 + random.nextDouble()) / (1 + t / 100.0);
    return new Measurement(
        t,
        t < 500 ? Phase.TRUNK : Phase.BRANCH,
        new Evaluation(loss, random.nextDouble()),
        new Evaluation(2 * loss, random.nextDouble()),
        new Pairs(
            new double[] {8 * random.nextDouble(), 4}, new double[] {1e-4, 1e-4}, 10, Stop.TRACKED),
        new FullGradient(gradient, random.nextDouble(), 1e-5),
        goesOn
            ? new StepTaken(
                components(random),
                components(random),
                components(random),
                random.nextDouble(),
                Double.NaN,
                loss,
                Double.NaN)
            : StepTaken.none(2),
        Map.of(),
        GradientNoise.unknown(2),
        4,
        Map.of(1, new SteeringAccount(10, 1, 1, 0, random.nextDouble())),
        new Distances(t < 500 ? Double.NaN : t * random.nextDouble(), Double.NaN),
        t / 100.0);
  }

  private static Components components(SplittableRandom random) {
    double one = random.nextDouble();
    double two = random.nextDouble();
    return new Components(Math.hypot(one, two) * 1.1, new double[] {one, two});
  }
}
