package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The study of a saved network checks what it uses, and nothing else. */
class SpectrumSettingsTest {
  @TempDir private Path folder;

  private static SpectrumSettings read(String... assignments) {
    List<Assignment> commandLine =
        Arrays.stream(assignments).map(text -> Assignment.parse("--set", text)).toList();
    return SettingsReader.spectrum(Optional.empty(), commandLine, new Configuration());
  }

  @Test
  void takesItsDefaultsFromTheReference() {
    SpectrumSettings settings = read();
    assertThat(settings.data()).isEqualTo(new GeneratedDigits(1000, 1000, 0));
    assertThat(settings.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(settings.passes())
        .isEqualTo(
            new PassSettings(PassSettings.AS_THE_DEVICE_LIKES, PassSettings.WHAT_FITS, 1000));
    assertThat(settings.request())
        .isEqualTo(
            new SpectrumRequest(new SolverSettings(10, 1e-3, Which.LARGEST, 2000), 60, 4, 40, 0));
    assertThat(settings.output()).isEqualTo("results/sweep");
  }

  @Test
  void readsAFile() {
    Path file = SettingsFiles.write(folder, "eigensweep { name = mine, spectrum.seed = 7 }");
    SpectrumSettings settings =
        SettingsReader.spectrum(Optional.of(file), List.of(), new Configuration());
    assertThat(settings.request().seed()).isEqualTo(7);
    assertThat(settings.output()).isEqualTo("results/mine");
    assertThat(settings.resolved()).contains("\"name\":\"mine\"");
  }

  @Test
  void asksForFewerPairsThanASweepHasRanks() {
    assertThat(read("eigenspace.pairs=3").request().eigenspace().pairs()).isEqualTo(3);
  }

  @Test
  void takesFewerExamplesThanABatch() {
    assertThat(read("data.train-examples=7").data().trainExamples()).isEqualTo(7);
  }

  /** More pairs than the default network has parameters, which is not the one that is measured. */
  @Test
  void doesNotMeasureItsPairsByANetworkThatIsNotThere() {
    String[] one = {"model.hidden=[]", "data.kind=digits", "eigenspace.pairs=1500"};
    assertThat(read(one).request().eigenspace().pairs()).isEqualTo(1500);
    assertThat(read("eigenspace.pairs=200000", "eigenspace.max-products=400000").request())
        .extracting(request -> request.eigenspace().pairs())
        .isEqualTo(200000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name=\" \"",
        "model.kind=unknown",
        "model.kind=transformer",
        "model.hidden=[0]",
        "model.activation=unknown",
        "loss=unknown",
        "l2=-1",
        "training.optimizer=unknown",
        "training.batch-size=0",
        "training.batch-size=2000",
        "training.steps=0",
        "training.rules=[]",
        "training.warm-up.steps=-1",
        "training.switch.on=unknown",
        "training.switch.ema=2",
        "eigenspace.error=-1",
        "measure.every=0",
        "sweep.learning-rates=[-1]",
        "sweep.seeds=[]",
        "sweep.ranks=[99]",
        "spark.placement=unknown",
        "spark.partitions=0"
      })
  void leavesWhatItDoesNotUseToTheSweep(String assignment) {
    SpectrumSettings settings = read(assignment, "output=somewhere");
    assertThat(settings.output()).isEqualTo("somewhere");
    Path empty = SettingsFiles.write(folder, "");
    assertThatThrownBy(() -> SettingsFiles.read(empty, Assignment.parse("--set", assignment)))
        .isInstanceOf(SettingsException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.kind=unknown | data.kind: found \"unknown\", expected one of digits, mnist, cifar10, sst2, files",
        "data.train-examples=0 | data.train-examples: found 0, expected an integer of at least 1",
        "model.precision=half | model.precision: found \"half\", expected one of float32, float64",
        "model.batch-norm-examples=0 | model.batch-norm-examples: found 0, expected an integer of at least 1",
        "curvature.chunk=0 | curvature.chunk: found 0, expected a memory size in bytes of at least 1",
        "curvature.keep=none | curvature.keep: found \"none\", expected a memory size in bytes of at least 0",
        "eigenspace.pairs=0 | eigenspace.pairs: found 0, expected an integer of at least 1",
        "eigenspace.max-products=9 | eigenspace.max-products: found 9, expected at least eigensweep.eigenspace.pairs = 10",
        "eigenspace.tolerance=1 | eigenspace.tolerance: found 1, expected a number between 0 and 1",
        "eigenspace.which=smallest | eigenspace.which: found \"smallest\", expected one of largest, magnitude",
        "spectrum.trace-products=1 | spectrum.trace-products: found 1, expected an integer of at least 2",
        "spectrum.density-vectors=0 | spectrum.density-vectors: found 0, expected an integer of at least 1",
        "spectrum.density-steps=0 | spectrum.density-steps: found 0, expected an integer of at least 1",
        "spectrum.seed=x | spectrum.seed: found \"x\", expected an integer",
        "output=\"\" | output: found \"\", expected a folder",
        "training.step=1 | training.step",
      })
  void checksWhatItUsesAndThatEveryKeyIsKnown(String assignment, String message) {
    assertThatThrownBy(() -> read(assignment))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("eigensweep." + message)
        .hasMessageNotContaining("\n");
  }
}
