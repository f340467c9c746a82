package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.SettingsReader;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Sweep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of passes, against what devices hold and what products come to. */
class KeptActivationsTest {
  private static final long GIBIBYTE = 1L << 30;
  private static final int EXAMPLES = 300;

  @TempDir private Path folder;

  private Sweep sweep(String... settings) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.conf"),
            """
            eigensweep {
              data  { kind = digits, train-examples = 300, test-examples = 20 }
              model.hidden = [30, 20]
              curvature.chunk = 30KiB
            }
            """);
    List<Assignment> set =
        Stream.of(settings).map(text -> Assignment.parse("--set", text)).toList();
    return SettingsReader.read(file, set, new Configuration()).sweep();
  }

  private static NetworkProblem problem(Sweep sweep) {
    return (NetworkProblem) sweep.problem().load(new Configuration());
  }

  private KeptActivations kept(long room, String... settings) throws IOException {
    Sweep sweep = sweep(settings);
    return KeptActivations.of(sweep, problem(sweep), Devices.processor().sizes(), room, 1);
  }

  @Test
  void keepsAllWhereThereIsRoom() throws IOException {
    KeptActivations all = kept(GIBIBYTE);
    assertThat(all.examples()).isEqualTo(EXAMPLES);
    assertThat(all.line())
        .isEqualTo("a task keeps all 300 examples' activations between products, in up to 1 MiB");
  }

  /** Outputs of 30 twice, 20 twice and 10, of four bytes, and four times as much in a pass. */
  @Test
  void keepsWhatIsLeftBesideAllElse() throws IOException {
    long example = 4 * 4 * (30 + 30 + 20 + 20 + 10);
    KeptActivations all = kept(GIBIBYTE);
    assertThat(all.bytes()).isEqualTo(EXAMPLES * example);
    long least = 0;
    long most = GIBIBYTE;
    while (most - least > 1) { // the least room in which all fit
      long room = (least + most) / 2;
      if (kept(room).examples() == EXAMPLES) {
        most = room;
      } else {
        least = room;
      }
    }
    KeptActivations some = kept(most - 100 * example * 4 / 3);
    assertThat(some.bytes()).isCloseTo(200 * example, org.assertj.core.api.Assertions.within(4L));
    // A chunk of 30 KiB is at most 69 examples; an even number of chunks has 50, kept whole.
    assertThat(some.examples()).isEqualTo(200);
    assertThat(some.line())
        .isEqualTo(
            "a task keeps at least 200 of 300 examples' activations between products, in up to 0"
                + " MiB; the rest pass again for each block of products");
    assertThat(kept(1 << 20).bytes()).isZero();
  }

  @Test
  void aGivenSettingWins() throws IOException {
    assertThat(kept(1 << 20, "curvature.keep=1GiB").examples()).isEqualTo(EXAMPLES);
    assertThat(kept(GIBIBYTE, "curvature.keep=0").examples()).isZero();
  }

  /** The promise of "all": a device holds after it what it holds without a limit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.activation=tanh",
        "model.activation=relu",
        "model.activation=gelu",
        "loss=cross-entropy"
      })
  void allIsAll(String setting) throws IOException {
    NetworkProblem problem = problem(sweep(setting));
    KeptActivations all = kept(GIBIBYTE, setting);
    assertThat(held(problem.keeping(all.bytes()))).isEqualTo(held(problem)).isPositive();
    assertThat(held(problem.keeping(0))).isLessThan(held(problem));
  }

  private static long held(NetworkProblem problem) {
    try (Device device = Devices.processor().open(problem.precision(), 1);
        Objective train = problem.train(device);
        Scope scope = device.open()) {
      Matrix theta = scope.copyOf(problem.start(1));
      train.linearize(theta).close(); // what the device keeps from the first use on
      long before = InUse.bytes(device);
      try (Linearization here = train.linearize(theta)) {
        assertThat(here.gradient().rows()).isEqualTo(theta.rows());
        return InUse.bytes(device) - before;
      }
    }
  }

  /** Chunks are added in one order, whether they were kept or pass again. */
  @Test
  void noBitDependsOnWhatIsKept() throws IOException {
    NetworkProblem problem = problem(sweep());
    double[] all = product(problem);
    long bytes = kept(GIBIBYTE).bytes();
    for (long some : new long[] {0, bytes / 3, bytes / 2}) {
      assertThat(product(problem.keeping(some))).containsExactly(all);
    }
  }

  private static double[] product(NetworkProblem problem) {
    try (Device device = Devices.processor().open(problem.precision(), 1);
        Objective train = problem.train(device);
        Scope scope = device.open()) {
      Matrix theta = scope.copyOf(problem.start(1));
      Matrix block = scope.matrix(theta.rows(), 2);
      device.copy(theta, block.column(0));
      device.fill(1, block.column(1));
      Matrix product = scope.matrix(theta.rows(), 2);
      try (Linearization here = train.linearize(theta)) {
        here.hessianProduct(block, product);
      }
      return product.toDoubles();
    }
  }
}
