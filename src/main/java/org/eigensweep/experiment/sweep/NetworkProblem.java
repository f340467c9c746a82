package org.eigensweep.experiment.sweep;

import static org.eigensweep.network.preset.Word.word;

import java.util.Map;
import java.util.TreeMap;
import org.eigensweep.array.Device;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.Split;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.Network;

/**
 * A network that learns from examples.
 *
 * @param settings the network and its loss
 * @param data the examples
 */
public record NetworkProblem(NetworkSettings settings, Split data) implements SweepProblem {
  /**
   * A problem that must be a network's.
   *
   * @param purpose what needs a network, for the message
   * @throws IllegalArgumentException if it is another one
   */
  public static NetworkProblem of(Problem problem, String purpose) {
    if (problem instanceof NetworkProblem network) {
      return network;
    }
    throw new IllegalArgumentException(
        "%s for a %s, expected a network that learns from examples"
            .formatted(purpose, problem.getClass().getSimpleName()));
  }

  /** The same with another limit of what passes keep, in bytes; no number depends on it. */
  public NetworkProblem keeping(long bytes) {
    return new NetworkProblem(settings.keeping(bytes), data);
  }

  /** The network. */
  public Network network() {
    return settings.over(data.train());
  }

  @Override
  public Precision precision() {
    return settings.precision();
  }

  @Override
  public MatrixSource start(long seed) {
    return network().initialParameters(RandomStream.WEIGHTS.root(seed));
  }

  @Override
  public Map<String, IndexRange> layers() {
    return network().layerRanges();
  }

  @Override
  public Objective train(Device device) {
    return network().withL2Term(mean(device));
  }

  /** The training loss without its L2 term. */
  public Objective mean(Device device) {
    return network().objective(device, data.train(), settings.passes());
  }

  @Override
  public Objective test(Device device) {
    return network().objective(device, data.test(), settings.passes());
  }

  @Override
  public int examples() {
    return data.train().examples();
  }

  @Override
  public ProblemLabels labels() {
    return new ProblemLabels(
        settings.blueprint().description(),
        settings.blueprint().loss(),
        labels(data.train()),
        labels(data.test()));
  }

  private static ProblemLabels.Examples labels(Dataset data) {
    return new ProblemLabels.Examples(data.source(), data.sha256());
  }

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("data.train", data.train().sha256());
    parts.put("data.test", data.test().sha256());
    parts.put("model", settings.blueprint().description());
    parts.put("loss", settings.blueprint().loss());
    parts.put("l2", settings.blueprint().l2());
    parts.put("precision", word(settings.precision()));
    if (settings.blueprint().couplesExamples()) {
      int coupled = settings.passes().batchNormExamples();
      parts.put("model.batch-norm-examples", String.valueOf(coupled));
    }
    return parts;
  }
}
