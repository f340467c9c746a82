package org.eigensweep.experiment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Split;
import org.eigensweep.network.Network;
import org.eigensweep.training.UpdateRule;

/** Runs trunks and branches on objectives that it is handed, on one device. */
public final class LocalRunner implements TrialRunner {
  private final Protocol protocol;
  private final Network network;
  private final Device device;
  private final Objective train;
  private final Objective test;

  /**
   * A runner; it closes the device and the objectives when it is closed.
   *
   * @param protocol what all trials share
   * @param network the protocol's model for the data
   * @param device where everything lives
   * @param train the training loss
   * @param test the loss on held-out examples, without an L2 term
   */
  public LocalRunner(
      Protocol protocol, Network network, Device device, Objective train, Objective test) {
    this.protocol = protocol;
    this.network = network;
    this.device = device;
    this.train = train;
    this.test = test;
  }

  /** Opens a runner whose data and arithmetic live in this process. */
  public static LocalRunner local(Protocol protocol, Split data, int threads) {
    return open(protocol, data, threads, mean -> mean);
  }

  /**
   * Opens a runner in this process.
   *
   * @param protocol what all trials share
   * @param data the examples
   * @param threads cores that its arithmetic may keep busy, at least 1
   * @param training takes the mean training loss, as it is computed here, to the objective that is
   *     used instead; that closes the one that it takes
   */
  public static LocalRunner open(
      Protocol protocol, Split data, int threads, UnaryOperator<Objective> training) {
    Network network = protocol.network(data.train());
    Device device = Devices.open(protocol.precision(), threads);
    try {
      Objective mean = network.objective(device, data.train(), protocol.passes());
      return new LocalRunner(
          protocol,
          network,
          device,
          network.withL2Term(training.apply(mean)),
          network.objective(device, data.test(), protocol.passes()));
    } catch (RuntimeException | Error e) { // memory for the examples may run out
      device.close();
      throw e;
    }
  }

  @Override
  public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart from, Segment segment) {
    var start =
        new Trajectory.Start(Phase.TRUNK, UpdateRule.PLAIN, trunk.ranks(), 0, theta(trunk, from));
    try (Trajectory trajectory = new Trajectory(this, start, trunk.learningRate(), trunk.seed())) {
      SwitchGuide guide =
          new SwitchGuide(
              protocol.switchRule(), trunk.ranks(), trajectory.steering(), trajectory.meter());
      if (from instanceof TrunkStart.Resumed resumed) {
        trajectory.restore(resumed.at());
        guide.restore(resumed.at().watched());
      }
      Trajectory.End end = trajectory.walk(guide, segment);
      return end == Trajectory.End.PAUSED
          ? new Reached.Paused<>(trajectory.checkpoint(segment, guide.watched()))
          : new Reached.Ended<>(outcome(trunk, end, trajectory, guide.switches()));
    }
  }

  private MatrixSource theta(Trunk trunk, TrunkStart from) {
    if (from instanceof TrunkStart.Given given) {
      return given.theta();
    }
    return from instanceof TrunkStart.Resumed resumed ? resumed.at().theta() : trunk.draw(network);
  }

  private static TrunkOutcome outcome(
      Trunk trunk, Trajectory.End end, Trajectory trajectory, Map<Integer, SwitchState> switches) {
    Status status =
        end == Trajectory.End.DIVERGED
            ? Status.DIVERGED
            : switches.size() == trunk.ranks().size() ? Status.COMPLETED : Status.NOT_SWITCHED;
    Map<Integer, Cost> unswitched = new TreeMap<>();
    for (int rank : trunk.ranks()) {
      if (!switches.containsKey(rank)) {
        unswitched.put(rank, trajectory.meter().of(rank));
      }
    }
    return new TrunkOutcome(
        trunk, status, trajectory.measurements(), switches, unswitched, trajectory.meter().all());
  }

  @Override
  public Reached<BranchOutcome> runBranch(Trial trial, BranchStart from, Segment segment) {
    SwitchState at = from.from();
    var start =
        new Trajectory.Start(
            Phase.BRANCH, trial.rule(), List.of(trial.rank()), at.step(), at.theta());
    try (Trajectory trajectory = new Trajectory(this, start, trial.learningRate(), trial.seed())) {
      if (from instanceof BranchStart.Resumed resumed) {
        trajectory.restore(resumed.at());
      } else {
        trajectory.steering().startFrom(trial.rank(), at.space());
      }
      Trajectory.End end = trajectory.walk(new BranchGuide(trial.rule()), segment);
      if (end == Trajectory.End.PAUSED) {
        return new Reached.Paused<>(trajectory.checkpoint(segment, Watched.NOTHING));
      }
      Status status = end == Trajectory.End.DIVERGED ? Status.DIVERGED : Status.COMPLETED;
      return new Reached.Ended<>(
          new BranchOutcome(status, trajectory.measurements(), trajectory.meter().all()));
    }
  }

  Protocol protocol() {
    return protocol;
  }

  Objective train() {
    return train;
  }

  Objective test() {
    return test;
  }

  @Override
  public void close() {
    train.close();
    test.close();
    device.close();
  }
}
