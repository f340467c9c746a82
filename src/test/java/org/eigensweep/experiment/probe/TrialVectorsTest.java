package org.eigensweep.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.SettingsReader;
import org.eigensweep.experiment.sweep.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialVectorsTest {
  private static Sweep sweep(String... settings) {
    return SettingsReader.read(
            Path.of("conf/quickstart.conf"),
            Stream.of(settings).map(text -> Assignment.parse("--set", text)).toList(),
            new Configuration())
        .sweep();
  }

  private static long vectors(String... settings) {
    Sweep sweep = sweep(settings);
    return TrialVectors.bytes(sweep, Precision.FLOAT32) / sweep.problem().parameters() / 4;
  }

  /** Beyond plain SGD, with ten pairs and rank ten. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training.optimizer=heavy-ball       | 1",
        "training.optimizer=nesterov         | 1",
        "training.optimizer=rmsprop          | 1",
        "training.optimizer=adam             | 2",
        "training.optimizer=adamw            | 2",
        "training.sam=0.05                   | 1",
        "measure.distance-to-plain=on        | 2",
        "eigenspace.pairs=12                 | 10",
        "measure={ every = 10, overlaps = [10] } | 10",
        "measure={ every = 10, overlaps = [1, 100] } | 110",
      })
  void countsWhatASettingAdds(String setting, int more) {
    assertThat(vectors(setting) - vectors("training.steps=600")).isEqualTo(more);
  }

  /** The twin's optimiser remembers as much as the branch's own. */
  @Test
  void countsTheTwinsOptimizer() {
    long adam = vectors("training.optimizer=adam");
    assertThat(vectors("training.optimizer=adam", "measure.distance-to-plain=on") - adam)
        .isEqualTo(4);
  }

  /** A trunk that waits for its alignment follows the spaces of all ranks at once. */
  @Test
  void countsTheSpacesOfAllRanksWhereATrunkFollowsThem() {
    String on = "training.switch.on=alignment";
    assertThat(vectors(on, "sweep.ranks=[5, 10]") - vectors(on)).isEqualTo(10);
  }

  /**
   * What a probe's device held, with a network whose examples take little beside its vectors: not
   * less than half of what is counted, since spaces that steer come after the first row's solve,
   * and not more than three times: a pool of storage may keep as much again as was in use, and
   * earlier spaces from which the next one is forecast are not counted.
   */
  @ParameterizedTest
  @CsvSource({"sgd,off", "adam,on"})
  void isNearWhatADeviceHolds(String optimizer, String twin) {
    Sweep sweep =
        sweep(
            "training.optimizer=" + optimizer,
            "training.rules=[bulk]",
            "measure.distance-to-plain=" + twin,
            "model.hidden=[100]",
            "curvature.chunk=1MiB",
            "data.train-examples=50",
            "data.test-examples=10",
            "training.steps=8",
            "training.switch.step=4");
    var problem = sweep.problem().load(new Configuration());
    Probed probed = Probe.of(sweep, problem, Devices.processor(), 1, 1, 1).orElseThrow();
    long counted = TrialVectors.bytes(sweep, problem.precision());
    assertThat(probed.bytes()).isBetween(counted / 2, 3 * counted);
  }
}
