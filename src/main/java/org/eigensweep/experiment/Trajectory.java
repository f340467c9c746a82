package org.eigensweep.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SubspaceTracker;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.training.BaseOptimizer;
import org.eigensweep.training.UpdateRule;

/**
 * A walk through weight space: at each point it may look at the eigenspace, either because that
 * steers it or only to measure, and then it makes a step.
 *
 * <p>Steering and measuring have a tracker each. What steers is exact for the one vector that
 * matters: the update that is projected, or the gradient whose alignment ends a trunk. What
 * measures is the whole space, and never touches what steers, so a trajectory has the same bits
 * however often it is measured.
 */
final class Trajectory implements AutoCloseable {
  /**
   * What is particular to a trajectory: its place in the sweep, and its start.
   *
   * @param ranks the k of the spaces that may steer it; an update is projected on the first
   */
  record Start(Phase phase, UpdateRule rule, List<Integer> ranks, int step, MatrixSource theta) {}

  private final Protocol protocol;
  private final Objective train;
  private final Objective test;
  private final Start start;
  private final double learningRate;
  private final BaseOptimizer optimizer;
  private final StepGradient gradients;
  private final Scope scope;
  private final Matrix theta;
  private final Matrix origin;
  private final Matrix update;
  private final Map<Integer, Steering> steering = new TreeMap<>();
  private final SubspaceTracker observing;
  private final List<Measurement> measurements = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private int step;
  private double minibatchLoss;

  Trajectory(LocalRunner runner, Start start, double learningRate, long seed) {
    this.protocol = runner.protocol();
    this.train = runner.train();
    this.test = runner.test();
    this.start = start;
    this.learningRate = learningRate;
    this.optimizer = protocol.optimizer().create(learningRate);
    this.gradients = StepGradient.of(protocol.batches(), train, seed);
    Device device = train.device();
    this.scope = device.open();
    this.theta = scope.copyOf(start.theta());
    this.origin = scope.matrix(theta.rows(), 1);
    device.copy(theta, origin);
    this.update = scope.matrix(theta.rows(), 1);
    for (int rank : start.ranks()) {
      steering.put(rank, new Steering(device, protocol, rank, RandomStream.SOLVER.of(seed)));
    }
    this.observing =
        new SubspaceTracker(device, protocol.eigenspace(), RandomStream.OBSERVER.of(seed));
    this.step = start.step();
  }

  /** Goes on from the eigenspace that was tracked up to the start. */
  void trackFrom(TrackedSpace known) {
    steering.get(start.ranks().get(0)).startFrom(known);
  }

  /**
   * Walks until the guide ends it or the last step is made. Where it diverged, the last measurement
   * is that of the step at which something was not finite, with what was measured there.
   *
   * @param stepped called after each step
   * @return false if it diverged on the way
   */
  boolean walk(Guide guide, Runnable stepped) {
    try {
      while (visit(guide)) {
        stepped.run();
      }
      return true;
    } catch (NotFiniteException diverged) {
      if (measurements.isEmpty() || measurements.get(measurements.size() - 1).step() != step) {
        measurements.add(Measurement.ofNothing(step, start.phase(), following(), seconds()));
      }
      return false;
    }
  }

  /** Looks, decides and steps at one point; false if the walk ends there. */
  private boolean visit(Guide guide) {
    boolean last = step == protocol.steps();
    boolean steers = guide.steersAt(step);
    boolean measures = last || step == start.step() || step % protocol.measureEvery() == 0;
    try (Frame frame =
        steers || measures || gradients.needsFrame() ? Frame.of(train, theta) : null) {
      if (steers && guide.endsAt(step, frame)) {
        return false;
      }
      Eigenspace space = measures ? observing.refresh(frame.hessian(), theta) : null;
      Evaluation held = measures ? test.evaluate(theta) : null;
      double distance = measures ? distance() : 0;
      if (last) {
        measurements.add(measurement(frame, space, held, distance, null));
        return false;
      }
      try {
        move(frame);
      } catch (NotFiniteException diverged) {
        if (measures) {
          measurements.add(measurement(frame, space, held, distance, null));
        }
        throw diverged;
      }
      if (measures) {
        measurements.add(measurement(frame, space, held, distance, update));
      }
      step++;
      return true;
    }
  }

  private void move(Frame frame) {
    minibatchLoss = gradients.at(frame, theta, step, update);
    Frame.requireFinite(minibatchLoss, "a mini-batch's loss");
    optimizer.displace(update);
    start.rule().apply(start.rule().projects() ? basisFor(frame, update) : null, update);
    theta.device().axpy(1, update, theta);
  }

  private Matrix basisFor(Frame frame, Matrix vector) {
    int rank = start.ranks().get(0);
    return steering.get(rank).follow(frame, theta, vector, ErrorMeasure.ofUpdate(learningRate));
  }

  /** The dominant space of a rank, right for the projection of the gradient. */
  Matrix watch(Frame frame, int rank) {
    return steering.get(rank).follow(frame, theta, frame.gradient(), ErrorMeasure.ALIGNMENT);
  }

  /** ‖θ − θ_start‖. */
  private double distance() {
    Device device = theta.device();
    try (Scope temporary = device.open()) {
      Matrix way = temporary.matrix(theta.rows(), 1);
      device.copy(theta, way);
      device.axpy(-1, origin, way);
      return device.norm(way);
    }
  }

  private Measurement measurement(
      Frame frame, Eigenspace space, Evaluation held, double distance, Matrix made) {
    Evaluation trained = frame.linearization().evaluation();
    Device device = theta.device();
    int pairs = space.values().length;
    double[] missing = new double[pairs];
    Arrays.fill(missing, Double.NaN);
    try (Scope temporary = device.open()) {
      Matrix outside = Remainder.of(space.vectors(), frame.gradient(), temporary);
      return new Measurement(
          step,
          start.phase(),
          trained.loss(),
          trained.accuracy(),
          held.loss(),
          held.accuracy(),
          frame.gradientNorm(),
          device.norm(outside),
          Remainder.rounding(device, frame.gradientNorm()),
          made == null ? Double.NaN : device.norm(made),
          made == null ? Double.NaN : device.dot(outside, made),
          space.values(),
          space.residuals(),
          device.dots(space.vectors(), frame.gradient()),
          made == null ? missing : device.dots(space.vectors(), made),
          space.products(),
          space.stop(),
          following(),
          start.phase() == Phase.TRUNK ? Double.NaN : distance,
          made == null ? Double.NaN : minibatchLoss,
          seconds());
    }
  }

  /** The state now, for a branch to start from. */
  Checkpoint checkpoint(Frame frame, int rank, double alignment) {
    Steering steered = steering.get(rank);
    TrackedSpace space = steered.snapshot(frame, theta); // which may cost a refresh
    return new Checkpoint(step, alignment, theta.snapshot(), space, cost(List.of(steered)));
  }

  List<Measurement> measurements() {
    return measurements;
  }

  /** Steps made so far from the very beginning. */
  int step() {
    return step;
  }

  /** What it has cost, with the spaces of all ranks. */
  Cost cost() {
    return cost(steering.values());
  }

  /** What it has cost for each of some ranks alone, without the spaces of the others. */
  Map<Integer, Cost> costs(IntPredicate ranks) {
    Map<Integer, Cost> costs = new TreeMap<>();
    steering.forEach(
        (rank, space) -> {
          if (ranks.test(rank)) {
            costs.put(rank, cost(List.of(space)));
          }
        });
    return costs;
  }

  private Cost cost(Collection<Steering> spaces) {
    long products = observing.products();
    int corrections = 0;
    int refreshes = observing.refreshes();
    int coldSolves = observing.coldSolves();
    for (Steering space : spaces) {
      SteeringAccount total = space.total();
      products += total.products();
      corrections += total.corrections();
      refreshes += total.refreshes();
      coldSolves += total.coldSolves();
    }
    return new Cost(step - start.step(), products, corrections, refreshes, coldSolves, seconds());
  }

  /** Wall-clock time since this walk began. */
  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private Map<Integer, SteeringAccount> following() {
    Map<Integer, SteeringAccount> following = new TreeMap<>();
    steering.forEach((rank, space) -> following.put(rank, space.sinceLastRow()));
    return following;
  }

  @Override
  public void close() {
    observing.close();
    steering.values().forEach(Steering::close);
    scope.close();
  }
}
