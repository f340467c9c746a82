package org.eigensweep.experiment.walk;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;

/** Small experiments on built-in digits. */
final class Protocols {
  static final Split DIGITS = new GeneratedDigits(200, 60, 1).load(new Configuration());

  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          new Mlp(List.of(6), Activation.TANH, Initialization.PYTORCH),
          Loss.MSE,
          0,
          Precision.FLOAT64,
          new PassSettings(16L << 20, 1L << 30, 1000));
  static final NetworkProblem PROBLEM = new NetworkProblem(NETWORK, DIGITS);

  private Protocols() {}

  static Protocol protocol(SwitchRule rule, int batchSize, int steps, int measureEvery) {
    return protocol(rule, batchSize, steps, measureEvery, 0);
  }

  static Protocol protocol(
      SwitchRule rule, int batchSize, int steps, int measureEvery, double error) {
    return protocol(rule, new Batches.Shuffled(batchSize), steps, measureEvery, error);
  }

  static Protocol protocol(
      SwitchRule rule, Batches batches, int steps, int measureEvery, double error) {
    return new Protocol(
        new TrainingPlan(OptimizerSettings.SGD, new WarmUp(0, 1, 2), batches, steps, rule),
        new Following(new SolverSettings(4, 1e-4, Which.LARGEST, 2000), error, measureEvery));
  }

  /** The same with other measurements. */
  static Protocol protocol(Protocol usual, Measuring measuring) {
    Following following = usual.following();
    return new Protocol(
        usual.plan(), new Following(following.eigenspace(), following.error(), measuring));
  }

  static Trunk trunk(double learningRate, Integer... ranks) {
    return new Trunk(
        learningRate,
        11,
        List.of(ranks),
        List.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK));
  }

  static Trial trial(double learningRate, int rank, Continuation rule) {
    return new Trial(learningRate, 11, rank, rule);
  }
}
