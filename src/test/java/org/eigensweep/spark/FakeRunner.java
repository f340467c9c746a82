package org.eigensweep.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Distances;
import org.eigensweep.experiment.outcome.FullGradient;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Pairs;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.outcome.StepTaken;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.OptimizerState;

/**
 * Trials of which everything is known in advance: six steps, the switch at step 2, a point every
 * second step, two pairs. The learning rate decides how a trial goes. Calls are counted by files,
 * since the runner lives wherever its task does.
 */
public final class FakeRunner implements TrialRunner {
  static final double COMPLETES = 0.5;
  static final double DIVERGES = 4;
  static final double NEVER_SWITCHES = 0.001;
  static final double FAILS_IN_TRUNK = 100;
  static final double FAILS_IN_BULK = 50;

  private static final int STEPS = 6;
  private static final int SWITCH = 2;

  private final Path calls;

  private FakeRunner(Path calls) {
    this.calls = calls;
  }

  /** Runners that leave a file a call in a folder. */
  static TrialRunner.Factory countingIn(Path folder) {
    String calls = folder.toString();
    return (protocol, data, threads) -> new FakeRunner(Path.of(calls));
  }

  static List<String> callsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString().split("@", -1)[0]).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          new Mlp(List.of(), Activation.IDENTITY, Initialization.PYTORCH),
          Loss.MSE,
          0,
          Precision.FLOAT64,
          new PassSettings(16L << 20, 1L << 30, 1000));

  public static Sweep sweep(List<Double> learningRates, List<Continuation> rules) {
    return sweep(learningRates, List.of(1), rules);
  }

  public static Sweep sweep(
      List<Double> learningRates, List<Integer> ranks, List<Continuation> rules) {
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD,
                new WarmUp(0, 1, 2),
                new Batches.Shuffled(1),
                STEPS,
                new SwitchRule.OnAlignment(0.9, 0.5)),
            new Following(new SolverSettings(2, 1e-3, Which.LARGEST, 100), 0, 2));
    return new Sweep(
        "fake",
        new NetworkSource(NETWORK, digits()),
        protocol,
        learningRates,
        List.of(7L),
        ranks,
        rules);
  }

  private static GeneratedDigits digits() {
    return new GeneratedDigits(1, 1, 1);
  }

  /** A problem that is named by a digest. */
  public static NetworkProblem problem(String digest) {
    Dataset train =
        new Dataset("made up", InputShape.vector(1), 2, new float[] {1}, new int[] {0}, digest);
    Dataset test =
        new Dataset("made up too", InputShape.vector(1), 2, new float[] {2}, new int[] {1}, "b0b");
    return new NetworkProblem(NETWORK, new Split(train, test));
  }

  @Override
  public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment) {
    called(trunk.id());
    if (trunk.learningRate() == FAILS_IN_TRUNK) {
      throw new IllegalStateException("no trunk\nof this kind");
    }
    boolean switches = trunk.learningRate() != NEVER_SWITCHES;
    int steps = switches ? SWITCH : STEPS;
    step(steps, segment);
    List<Measurement> points = new ArrayList<>();
    for (int t = 0; t <= steps; t += 2) {
      points.add(point(t, Phase.TRUNK));
    }
    Cost cost = new Cost(steps, 20, 4, 3, 1, 0.5);
    Map<Integer, SwitchState> at = new LinkedHashMap<>();
    if (switches) {
      HostMatrix vector = new HostMatrix.Doubles(1, 1, new double[] {1});
      trunk
          .ranks()
          .forEach(
              k ->
                  at.put(
                      k,
                      new SwitchState(
                          SWITCH,
                          0.75,
                          vector,
                          OptimizerState.NEW,
                          new TrackedSpace(vector, 0, 40),
                          cost)));
    }
    Status status = switches ? Status.COMPLETED : Status.NOT_SWITCHED;
    Map<Integer, Cost> unswitched = new TreeMap<>();
    trunk.ranks().stream().filter(k -> !at.containsKey(k)).forEach(k -> unswitched.put(k, cost));
    return new Reached.Ended<>(new TrunkOutcome(trunk, status, points, at, unswitched, cost));
  }

  @Override
  public Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment) {
    called(trial.id());
    SwitchState from = start.from();
    if (trial.learningRate() == FAILS_IN_BULK && trial.branch().equals(Continuation.BULK)) {
      throw new IllegalStateException("no bulk");
    }
    boolean diverges = trial.learningRate() == DIVERGES;
    int last = diverges ? SWITCH : STEPS;
    step(last + (diverges ? 1 : 0) - from.step(), segment);
    List<Measurement> points = new ArrayList<>();
    for (int t = from.step(); t <= last; t += 2) {
      points.add(point(t, Phase.BRANCH));
    }
    if (diverges) {
      points.add(Measurement.ofNothing(SWITCH + 1, Phase.BRANCH, Map.of(), 0.375));
    }
    Status status = diverges ? Status.DIVERGED : Status.COMPLETED;
    int steps = diverges ? 1 : last - from.step();
    return new Reached.Ended<>(
        new BranchOutcome(status, points, new Cost(steps, 40, 6, 5, 2, 0.25)));
  }

  private void called(String what) {
    try {
      Files.createFile(calls.resolve(what + "@" + UUID.randomUUID()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void step(int times, Segment segment) {
    for (int i = 0; i < times; i++) {
      segment.stepped();
    }
  }

  /**
   * A gradient (3, −4) in the basis of both pairs, one of (4, 3) over a mini-batch, and an update
   * of −½ of the first.
   */
  static Measurement point(int t, Phase phase) {
    Components gradient = new Components(5, new double[] {3, -4});
    Components update = new Components(2.5, new double[] {-1.5, 2});
    Components minibatch = new Components(5, new double[] {4, 3});
    return new Measurement(
        t,
        phase,
        new Evaluation(1.0 / (t + 1), 0.5),
        new Evaluation(2.0 / (t + 1), 0.25),
        new Pairs(new double[] {8, 4}, new double[] {0.125, 0.0625}, t + 1, Stop.TRACKED),
        new FullGradient(gradient, 0, 1e-5),
        t < STEPS
            ? new StepTaken(minibatch, update, update, 0, 0, 3.0 / (t + 1), 1.0 / (t + 2))
            : StepTaken.none(2),
        Map.of(),
        new GradientNoise(8, new double[] {4, 2}),
        2 / 0.5,
        Map.of(1, new SteeringAccount(t + 2, 3, 2, 1, 0.5)),
        phase == Phase.TRUNK ? Distances.UNKNOWN : new Distances(t - SWITCH, Double.NaN),
        t / 8.0);
  }

  @Override
  public void close() {}
}
