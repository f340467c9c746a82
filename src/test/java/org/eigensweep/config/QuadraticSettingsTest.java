package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.array.Precision;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.QuadraticSource;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.quadratic.Basis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of a quadratic, and those that have no meaning beside it. */
class QuadraticSettingsTest {
  private static final String FITS =
      "problem = quadratic, sweep.ranks = [1], eigenspace.pairs = 1\n";

  @TempDir private Path folder;

  private Settings read(String settings) {
    return SettingsFiles.read(SettingsFiles.write(folder, "eigensweep { %s }".formatted(settings)));
  }

  private QuadraticSource quadratic(String settings) {
    return (QuadraticSource) read(FITS + settings).sweep().problem();
  }

  @Test
  void defaultsAreTheValleyWithoutNoise() {
    assertThat(quadratic(""))
        .isEqualTo(
            new QuadraticSource(
                List.of(1000.0, 1.0),
                Basis.AXES,
                List.of(1.0, 1.0),
                1000,
                0,
                List.of(0.0, 0.0),
                0,
                Precision.FLOAT64));
  }

  @Test
  void everyKeyReachesItsRecord() {
    assertThat(
            quadratic(
                """
                quadratic {
                  eigenvalues = [3, -1, 0], basis = random, start = [1, 2, 3], examples = 8
                  noise = [0, 0.5, 1], coupling = -2, seed = 9, precision = float32
                }
                training.batch-size = 8
                """))
        .isEqualTo(
            new QuadraticSource(
                List.of(3.0, -1.0, 0.0),
                Basis.RANDOM,
                List.of(1.0, 2.0, 3.0),
                8,
                -2,
                List.of(0.0, 0.5, 1.0),
                9,
                Precision.FLOAT32));
  }

  @Test
  void manyEigenvaluesAreARange() {
    assertThat(
            quadratic("quadratic.eigenvalues = { from = 1, to = 16, count = 5, spacing = log }")
                .eigenvalues())
        .containsExactly(1.0, 2.0, 4.0, 8.0, 16.0);
    QuadraticSource linear =
        quadratic("quadratic.eigenvalues = { from = 3, to = -1, count = 3, spacing = linear }");
    assertThat(linear.eigenvalues()).containsExactly(3.0, 1.0, -1.0);
    assertThat(linear.start()).isEqualTo(Collections.nCopies(3, 1.0));
  }

  @Test
  void batchesMayBeDrawnIndependently() {
    assertThat(read("training { batch-size = 7, sampling = independent }").sweep().protocol())
        .extracting(protocol -> protocol.plan().batches())
        .isEqualTo(new Batches.Independent(7));
    assertThat(read("training { batch-size = full, sampling = independent }").sweep().protocol())
        .extracting(protocol -> protocol.plan().batches())
        .isEqualTo(new Batches.Full());
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(
            "quadratic.start = [1, 2, 3]",
            "quadratic.start: found [1,2,3], expected 2 numbers, one for each of"
                + " eigensweep.quadratic.eigenvalues; make the lists equally long, or give one"
                + " number for all"),
        arguments(
            "quadratic.noise = [0.1]",
            "quadratic.noise: found [0.1], expected 2 numbers, one for each of"
                + " eigensweep.quadratic.eigenvalues; make the lists equally long, or give one"
                + " number for all"),
        arguments(
            "quadratic.noise = -1",
            "quadratic.noise: found -1, expected a number of at least 0, or a list of 2, one an"
                + " eigenvalue; correct it, or leave it out for the default 0"),
        arguments(
            "quadratic.start = here",
            "quadratic.start: found \"here\", expected a number, or a list of 2, one an"
                + " eigenvalue; correct it, or leave it out for the default 1"),
        arguments(
            "quadratic.eigenvalues = []",
            "quadratic.eigenvalues: found [], expected a list of 1 to 100000 numbers; correct it,"
                + " or leave it out for the default [1000,1]"),
        arguments(
            "quadratic.eigenvalues = [1, x]",
            "quadratic.eigenvalues: found \"x\", expected a number; correct it, or leave it out"
                + " for the default [1000,1]"),
        arguments(
            "quadratic.eigenvalues = 5",
            "quadratic.eigenvalues: found 5, expected a list; correct it, or leave it out for the"
                + " default [1000,1]"),
        arguments(
            "quadratic.eigenvalues = { from = 1, to = 2 }",
            "quadratic.eigenvalues.count: found nothing, expected a value; add it, or leave the"
                + " section out"),
        arguments(
            "quadratic.eigenvalues = { from = 1, to = 0, count = 3, spacing = log }",
            "quadratic.eigenvalues.from: found 1, expected two ends of one sign where spacing ="
                + " log; correct it, or take spacing = linear"),
        arguments(
            "quadratic { eigenvalues = { from = 1, to = 2, count = 5000, spacing = log }, basis ="
                + " random }",
            "quadratic.basis: found \"random\", expected axes for 5000 eigenvalues, or at most"
                + " 4096 of them; take axes, since a random basis is a dense matrix"),
        arguments(
            "quadratic { eigenvalues = [1], coupling = 3 }",
            "quadratic.coupling: found 3, expected 0 for a single eigenvalue; remove it: it couples"
                + " the first two coordinates"),
        arguments(
            "quadratic { examples = 51, coupling = 3 }",
            "quadratic.coupling: found 3, expected 0 for an odd number of examples, 51; make"
                + " eigensweep.quadratic.examples even: half of them have the opposite sign"),
        arguments(
            "quadratic { examples = 1, noise = 3 }",
            "quadratic.examples: found 1, expected at least 2, since the noise of all examples adds"
                + " up to 0; raise it, or set eigensweep.quadratic.noise = 0"),
        arguments(
            "quadratic { examples = 2000000000, noise = 3 }",
            "quadratic.examples: found 2000000000, expected at most 1073741823, since each has a"
                + " vector of 2 numbers; lower it"),
        arguments(
            "quadratic.examples = 49",
            "training.batch-size: found 50, expected at most eigensweep.quadratic.examples = 49;"
                + " lower it or take more examples"),
        arguments(
            "eigenspace.pairs = 3",
            "eigenspace.pairs: found 3, expected at most 2, the eigenvalues of the quadratic; lower"
                + " it or add eigenvalues"),
        arguments(
            "sweep.ranks = [3]",
            "sweep.ranks: found 3, expected at most 2, the eigenvalues of the quadratic; lower it or"
                + " add eigenvalues"),
        arguments(
            "model.kind = cnn",
            "model.kind: found \"cnn\", expected the default \"mlp\"; remove it:"
                + " eigensweep.problem = quadratic has no use for it"),
        arguments(
            "data.train-examples = 7",
            "data.train-examples: found 7, expected the default 1000; remove it:"
                + " eigensweep.problem = quadratic has no use for it"),
        arguments(
            "loss = cross-entropy",
            "loss: found \"cross-entropy\", expected the default \"mse\"; remove it:"
                + " eigensweep.problem = quadratic has no use for it"),
        arguments(
            "l2 = 0.5",
            "l2: found 0.5, expected the default 0; remove it: eigensweep.problem = quadratic has"
                + " no use for it"),
        arguments(
            "spark.placement = data-parallel",
            "spark.placement: found \"data-parallel\", expected the default \"trial-per-task\";"
                + " remove it: the trials of eigensweep.problem = quadratic run in tasks alone"),
        arguments(
            "training.warm-up.steps = 4",
            "training.warm-up.steps: found 4, expected the default 0; remove it: the workers of a"
                + " warm-up train a network"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String setting, String message) {
    assertThatThrownBy(() -> read(FITS + setting))
        .isInstanceOf(SettingsException.class)
        .message()
        .matches("(?s).*(test\\.conf:2|reference\\.conf:\\d+): eigensweep\\..*")
        .endsWith(": eigensweep." + message);
  }

  /** Whoever means a quadratic has to say so. */
  @Test
  void aQuadraticBesideANetworkIsRefused() {
    assertThatThrownBy(() -> read("name = x\nquadratic.eigenvalues = [5, 1]"))
        .isInstanceOf(SettingsException.class)
        .message()
        .endsWith(
            "test.conf:2: eigensweep.quadratic.eigenvalues: found [5,1], expected the default"
                + " [1000,1]; remove it: eigensweep.problem = network has no use for it");
  }

  /** What a file says once more is no fault, nor where the data of a machine lie. */
  @Test
  void defaultsMayBeWrittenOut() {
    assertThat(
            quadratic(
                    "data.dir = /d, model.kind = mlp, data.train-examples = 1000, loss = mse, l2 = 0")
                .examples())
        .isEqualTo(1000);
  }

  @ParameterizedTest
  @MethodSource("published")
  void thePublishedToyIsThePapers(String file, List<Double> rates, int steps) {
    Sweep sweep = SettingsFiles.read(Path.of("conf/paper").resolve(file)).sweep();
    QuadraticSource toy = (QuadraticSource) sweep.problem();
    assertThat(toy.eigenvalues()).containsExactly(1000.0, 1.0);
    assertThat(toy.coupling()).isEqualTo(100);
    assertThat(toy.examples()).isEqualTo(2);
    assertThat(toy.start()).containsExactly(1.0, 1.0);
    assertThat(sweep.protocol().plan().batches()).isEqualTo(new Batches.Independent(1));
    assertThat(sweep.protocol().plan().steps()).isEqualTo(steps);
    assertThat(sweep.learningRates()).isEqualTo(rates);
    assertThat(sweep.ranks()).containsExactly(1);
  }

  static Stream<Arguments> published() {
    return Stream.of(
        arguments("toy-2d.conf", List.of(1e-4, 2e-4, 5e-4, 1e-3), 20_000),
        arguments("small/toy-2d.conf", List.of(1e-4, 2e-4, 1e-3), 4000));
  }
}
