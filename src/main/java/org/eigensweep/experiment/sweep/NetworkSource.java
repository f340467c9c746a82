package org.eigensweep.experiment.sweep;

import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataSource;

/**
 * A network whose examples are not loaded yet.
 *
 * @param settings the network and its loss
 * @param data where the examples come from
 */
public record NetworkSource(NetworkSettings settings, DataSource data) implements ProblemSource {
  @Override
  public long parameters() {
    return settings.blueprint().parameters(data.shape(), data.classes());
  }

  @Override
  public int examples() {
    return data.trainExamples();
  }

  @Override
  public NetworkProblem load(Configuration hadoop) {
    return new NetworkProblem(settings, data.load(hadoop));
  }
}
