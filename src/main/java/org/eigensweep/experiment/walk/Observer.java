package org.eigensweep.experiment.walk;

import java.util.Optional;
import java.util.function.Supplier;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.Distances;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.ObserverState;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.PointSpectrum;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SubspaceTracker;
import org.eigensweep.training.OptimizerState;

/**
 * Measures points of a trajectory. It has a tracker and random numbers of its own and never touches
 * what steers, so a trajectory has the same bits however often it is measured, and whatever of it.
 *
 * <p>Where the space that steers a branch is the one that is measured, and the step has found it to
 * the tolerance, the row has those pairs, for no product. In a trunk, which ranks steer says what
 * else the sweep holds, so it says nothing of the rows.
 */
final class Observer implements AutoCloseable {
  private final Phase phase;
  private final Objective train;
  private final Objective test;
  private final Matrix origin;
  private final MeasuredPoints points;
  private final SubspaceTracker tracker;
  private final EarlierSpaces earlier;
  private final Optional<NoiseProbe> noise;
  private final Optional<PlainTwin> twin;
  private final SpectrumProbe spectrum;
  private final Supplier<Optional<Eigenspace>> steered;
  private long products;

  /**
   * An observer that has seen nothing.
   *
   * @param runner its losses and what is measured
   * @param start of the trajectory
   * @param points that are looked at
   * @param origin n × 1, where distances count from; not owned
   * @param steering what steers the trajectory; only read
   */
  Observer(
      LocalRunner runner,
      Trajectory.Start start,
      MeasuredPoints points,
      Matrix origin,
      Steering steering) {
    BaseUpdates.Course course = start.course();
    this.phase = start.phase();
    this.train = runner.train();
    this.test = runner.test();
    this.origin = origin;
    this.points = points;
    this.tracker =
        new SubspaceTracker(
            origin.device(),
            runner.following().eigenspace(),
            RandomStream.OBSERVER.of(course.seed()));
    this.earlier = new EarlierSpaces(origin.device(), points);
    this.noise = noise(course.lastBatches(), course.seed());
    this.spectrum =
        new SpectrumProbe(
            points.measuring().spectrum(),
            runner.following().eigenspace(),
            runner.layers(),
            course.seed());
    this.steered =
        isSteeredBy(start, runner.following().eigenspace().pairs())
            ? () -> steering.measured(start.ranks().get(0))
            : Optional::empty;
    this.twin =
        hasTwin(start) ? Optional.of(new PlainTwin(train, course, origin)) : Optional.empty();
  }

  /** Whether the space that steers each step is the one that is measured. */
  private boolean isSteeredBy(Trajectory.Start start, int pairs) {
    return phase == Phase.BRANCH && start.rule().projects() && start.ranks().get(0) == pairs;
  }

  private boolean hasTwin(Trajectory.Start start) {
    return points.measuring().plainDistance() == PlainDistance.ON
        && phase == Phase.BRANCH
        && start.rule().projects();
  }

  /** Takes over what the base optimiser remembers at the start. */
  void startFrom(int step, OptimizerState optimizer) {
    twin.ifPresent(beside -> beside.startFrom(step, optimizer));
  }

  /** Told after each step of the trajectory. */
  void stepped(int step) {
    twin.ifPresent(beside -> beside.step(step));
  }

  private Optional<NoiseProbe> noise(Batches batches, long seed) {
    int count = points.measuring().noiseBatches();
    return count > 0 && !(batches instanceof Batches.Full)
        ? Optional.of(new NoiseProbe(train, batches.size(train.examples()), count, seed))
        : Optional.empty();
  }

  /**
   * Looks at the losses of a point before the step from there.
   *
   * @param theta the point, n × 1
   * @param frame the point, where there is a frame: it has passed all examples already
   * @throws NotFiniteException if the training loss is not finite there
   */
  Sight losses(Matrix theta, Frame frame) {
    Evaluation here = frame == null ? train.evaluate(theta) : frame.linearization().evaluation();
    NotFiniteException.require(here.loss(), "the training loss");
    return new LossSight(here, test.evaluate(theta), distances(theta));
  }

  /** Looks at a point, whose eigenspace is measured when the step from there is made. */
  Sight eigenspace(int step, Frame frame) {
    return new EigenspaceSight(this, step, frame);
  }

  /** The leading pairs at a point, valid until the next call. */
  Eigenspace space(Frame frame) {
    return tracker.refresh(frame.hessian(), frame.theta());
  }

  /**
   * The same at a point whose step has just been steered, valid until the next one is: those that
   * steered it, where they are as exact.
   */
  Eigenspace spaceOfStep(Frame frame) {
    return steered.get().map(Observer::found).orElseGet(() -> space(frame));
  }

  /** The products are counted where they steered. */
  private static Eigenspace found(Eigenspace steered) {
    return new Eigenspace(
        steered.vectors(), steered.values(), steered.residuals(), 0, steered.stop());
  }

  /** What else goes into the row of a point with its eigenspace. */
  EigenspaceSight.Seen see(int step, Frame frame, Eigenspace space) {
    Evaluation held = test.evaluate(frame.theta());
    var overlaps = earlier.compare(step, space.vectors());
    GradientNoise spread =
        noise
            .map(probe -> probe.at(frame.theta(), frame.gradient(), space.vectors(), step))
            .orElseGet(() -> GradientNoise.unknown(space.values().length));
    PointSpectrum whole =
        points.hasSpectrum(step) ? spectrum.at(step, frame, space) : PointSpectrum.NONE;
    products += whole.products();
    earlier.remember(step, space.vectors());
    return new EigenspaceSight.Seen(space, held, overlaps, spread, distances(frame.theta()), whole);
  }

  /** Looks at the space of a point that has no row, for those that are compared with it. */
  void glance(int step, Frame frame) {
    earlier.remember(step, space(frame).vectors());
  }

  /** Whether loss changes are taken apart as far as that goes. */
  boolean seesWholeLossChange() {
    return points.measuring().lossChange() == LossChange.FULL;
  }

  /** ⟨v, Hv⟩ at a point, for a product. */
  double curvature(Frame frame, Matrix vector) {
    Device device = vector.device();
    try (Scope temporary = device.open()) {
      Matrix product = temporary.matrix(vector.rows(), 1);
      frame.linearization().hessianProduct(vector, product);
      products++;
      return device.dot(vector, product);
    }
  }

  /** The training loss, for a pass. */
  double loss(Matrix theta) {
    return train.evaluate(theta).loss();
  }

  private Distances distances(Matrix theta) {
    return phase == Phase.TRUNK
        ? Distances.UNKNOWN
        : new Distances(
            Distance.between(theta, origin),
            twin.map(beside -> beside.distance(theta)).orElse(Double.NaN));
  }

  ObserverState state(int step, MatrixKeeper keeper) {
    return new ObserverState(
        tracker.state(keeper),
        earlier.state(keeper),
        products,
        twin.map(beside -> beside.state(step, keeper)).stream().toList());
  }

  void restore(int step, ObserverState state) {
    tracker.restore(state.pairs());
    earlier.restore(state.earlier());
    products = state.products();
    state.twins().forEach(known -> twin.orElseThrow().restore(step, known));
  }

  long products() {
    return tracker.products() + products;
  }

  int refreshes() {
    return tracker.refreshes();
  }

  int coldSolves() {
    return tracker.coldSolves();
  }

  @Override
  public void close() {
    tracker.close();
    earlier.close();
    twin.ifPresent(PlainTwin::close);
  }
}
