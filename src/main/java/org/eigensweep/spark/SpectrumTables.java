package org.eigensweep.spark;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.experiment.Spectrum;

/** The tables of a saved network's Hessian, each with a folder a model. */
public final class SpectrumTables {
  private static final String MODEL = "model";

  /** A spectrum and what it goes back to. */
  private record Study(Spectrum spectrum, Map<String, String> provenance) {}

  /** One place of a list of numbers. */
  private record Place(Spectrum spectrum, int i) {}

  private static final Table<Study> SPECTRA =
      new Table<>(
          "spectra",
          MODEL,
          List.of(
              Column.integer("parameters", "size of theta", s -> s.spectrum().parameters()),
              Column.real("train_loss", "mean", s -> s.spectrum().evaluation().loss()),
              Column.real("train_accuracy", "0 to 1", s -> s.spectrum().evaluation().accuracy()),
              Column.real("gradient_norm", "of the mean", s -> s.spectrum().gradientNorm()),
              Column.integer("products", "that the eigenvalues took", s -> s.spectrum().products()),
              Column.text(
                  "stop",
                  "why the eigensolver stopped",
                  s -> s.spectrum().stop().name().toLowerCase(Locale.ROOT).replace('_', '-')),
              Column.real("trace", "by Hutch++", s -> s.spectrum().trace().value()),
              Column.real(
                  "trace_error", "standard error", s -> s.spectrum().trace().standardError()),
              Column.integer(
                  "trace_products", "that it took", s -> s.spectrum().trace().products()),
              text("curvature", "exact, or why it is by finite differences"),
              text("settings", "resolved settings, JSON"),
              text("train_source", "origin of the training set"),
              text("train_sha256", "digest of the training set"),
              text("version", "of eigensweep"),
              text("commit", "of eigensweep's sources")));

  private static final Table<Place> EIGENVALUES =
      new Table<>(
          "spectra_eigenvalues",
          MODEL,
          List.of(
              Column.integer("index", "place of the pair, 1 leads", p -> p.i() + 1),
              Column.real("eigenvalue", "", p -> p.spectrum().eigenvalues()[p.i()]),
              Column.real(
                  "residual",
                  "measured norm of Hu - lambda u, relative to the largest eigenvalue in magnitude",
                  p -> p.spectrum().residuals()[p.i()]),
              Column.real("cosine", "with the gradient", p -> p.spectrum().cosines()[p.i()])));

  private static final Table<Place> DENSITY =
      new Table<>(
          "spectra_density",
          MODEL,
          List.of(
              Column.real(
                  "node", "where on the real line", p -> p.spectrum().density().nodes()[p.i()]),
              Column.real(
                  "weight",
                  "share of the spectrum, all of a model add up to 1",
                  p -> p.spectrum().density().weights()[p.i()])));

  private SpectrumTables() {}

  private static Column<Study> text(String name, String comment) {
    return Column.text(name, comment, s -> s.provenance().get(name));
  }

  /**
   * Writes the tables of one model.
   *
   * @param spectrum what was measured
   * @param model name of the model's file
   * @param output folder of the tables, a Hadoop path
   * @param provenance values of the columns curvature, settings, train_source, train_sha256,
   *     version and commit
   * @throws OutputException if a study of a model of this name is there already
   */
  public static void write(
      Spectrum spectrum, String model, String output, Map<String, String> provenance) {
    try (Session session = Session.open("spectrum of " + model)) {
      SparkSession spark = session.spark();
      refuseSecond(spark, SPECTRA.folder(output, model));
      DENSITY.write(spark, output, model, places(spectrum, spectrum.density().nodes().length));
      EIGENVALUES.write(spark, output, model, places(spectrum, spectrum.eigenvalues().length));
      SPECTRA.write(spark, output, model, List.of(new Study(spectrum, provenance)));
    }
  }

  private static List<Place> places(Spectrum spectrum, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Place(spectrum, i)).toList();
  }

  private static void refuseSecond(SparkSession spark, String folder) {
    try {
      Path path = new Path(folder);
      if (path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path)) {
        throw new OutputException(
            "%s is there already, expected a new study; choose another eigensweep.output or delete the folder"
                .formatted(folder));
      }
    } catch (IOException e) {
      throw new OutputException("cannot look into %s (%s)".formatted(folder, Failures.line(e)), e);
    }
  }
}
