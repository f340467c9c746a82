package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.eigensweep.curvature.EnergyShare;
import org.eigensweep.experiment.spectrum.Spectrum;

/** The table {@code spectra}: a row for each study of a saved network. */
public final class SpectraTable {
  /** A spectrum and what it goes back to. */
  record Study(String name, Spectrum spectrum, SpectrumOrigin origin) {
    private double energy(ToDoubleFunction<EnergyShare> number) {
      return spectrum.energy().map(number::applyAsDouble).orElse(Double.NaN);
    }
  }

  public static final Table<Study> TABLE =
      new Table<>(
          "spectra",
          List.of(
              Column.text(SpectrumTables.STUDY, "model, matrix and block", Study::name),
              Column.text("model", "name of the model's file", s -> s.origin().model()),
              Column.text("matrix", "hessian or ggn", s -> word(s.spectrum().subject().matrix())),
              Column.text(
                  "block", "whose parameters, or all", s -> s.spectrum().subject().block().name()),
              Column.text(
                  "coordinates",
                  "where they lie in theta",
                  s -> s.spectrum().subject().block().coordinates().toString()),
              Column.integer("parameters", "size of theta", s -> s.spectrum().parameters()),
              Column.integer(
                  "block_parameters", "size of the block", s -> s.spectrum().vectors().rows()),
              Column.real(
                  "train_loss",
                  "mean over the training set, with the L2 term",
                  s -> s.spectrum().evaluation().loss()),
              Column.real("train_accuracy", "0 to 1", s -> s.spectrum().evaluation().accuracy()),
              Column.real(
                  "gradient_norm",
                  "of the training loss, in the block",
                  s -> s.spectrum().gradientNorm()),
              Column.integer("products", "that the eigenvalues took", s -> s.spectrum().products()),
              Column.text("stop", "why the eigensolver stopped", s -> word(s.spectrum().stop())),
              Column.real(
                  "energy_gauss_newton",
                  "sum of u'Gu over the eigenvectors; null by finite differences",
                  s -> s.energy(EnergyShare::gaussNewton)),
              Column.real(
                  "energy_hessian",
                  "sum of u'Hu over the eigenvectors; null by finite differences",
                  s -> s.energy(EnergyShare::hessian)),
              Column.real(
                  "energy_share",
                  "the first over the second; null where that is not positive",
                  s -> s.energy(e -> e.hessian() > 0 ? e.share() : Double.NaN)),
              Column.real("trace", "by Hutch++", s -> s.spectrum().trace().value()),
              Column.real(
                  "trace_error", "standard error", s -> s.spectrum().trace().standardError()),
              Column.integer(
                  "trace_products", "that it took", s -> s.spectrum().trace().products()),
              Column.text(
                  "curvature",
                  "exact, or why it is by finite differences",
                  s -> s.origin().curvature()),
              Column.text(
                  "l2",
                  "coefficients of the L2 term, by parameter; null if none",
                  s -> s.origin().l2Coefficients()),
              Column.real("l2_value", "what they add to train_loss", s -> s.origin().l2Value()),
              Column.text(
                  "left_out",
                  "what the configuration has and the loss has not; null if nothing",
                  s -> s.origin().leftOut()),
              build("settings", "settings", "resolved settings, JSON"),
              Column.text(
                  "train_source", "origin of the training set", s -> s.origin().trainSource()),
              Column.text(
                  "train_sha256", "digest of the training set", s -> s.origin().trainSha256()),
              build("eigensweep_version", "version", "of the program"),
              build("git_commit", "commit", "of its sources")));

  private SpectraTable() {}

  private static Column<Study> build(String name, String key, String comment) {
    return Column.text(name, comment, s -> s.origin().build().get(key));
  }
}
