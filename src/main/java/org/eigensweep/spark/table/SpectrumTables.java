package org.eigensweep.spark.table;

import static org.eigensweep.network.preset.Word.word;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.data.FileSystems;
import org.eigensweep.experiment.outcome.LayerSpectrum;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.PlainFiles;

/** The tables of saved networks' spectra, each with a file a study. */
public final class SpectrumTables {
  static final String STUDY = "study";

  /** One place of a list of numbers. */
  record Place(String study, Spectrum spectrum, int i) {}

  /** One layer of a spectrum. */
  record Layer(String study, Spectrum spectrum, LayerSpectrum layer) {}

  public static final Table<Place> EIGENVALUES =
      new Table<>(
          "spectra_eigenvalues",
          List.of(
              Column.text(STUDY, "as in spectra", Place::study),
              Column.integer("pair", "place of the pair, 1 leads", p -> p.i() + 1),
              Column.real("eigenvalue", "of the block", p -> p.spectrum().eigenvalues()[p.i()]),
              Column.real(
                  "residual",
                  "measured norm of Au - lambda u, relative to the largest eigenvalue in magnitude",
                  p -> p.spectrum().residuals()[p.i()]),
              Column.real(
                  "cosine", "with the gradient in the block", p -> p.spectrum().cosines()[p.i()])));

  public static final Table<Place> DENSITY =
      new Table<>(
          "spectra_density",
          List.of(
              Column.text(STUDY, "as in spectra", Place::study),
              Column.real(
                  "node", "where on the real line", p -> p.spectrum().density().nodes()[p.i()]),
              Column.real(
                  "weight",
                  "share of the spectrum, all of a study add up to 1",
                  p -> p.spectrum().density().weights()[p.i()])));

  public static final Table<Layer> LAYERS =
      new Table<>(
          "spectra_layers",
          List.of(
              Column.text(STUDY, "as in spectra", Layer::study),
              Column.text("layer", "DL4J's name", l -> l.layer().name()),
              Column.integer("parameters", "of the layer", l -> l.layer().parameters()),
              Column.real(
                  "eigenvalue", "the leading one of its block", l -> l.layer().eigenvalue()),
              Column.real(
                  "residual",
                  "measured norm of Au - lambda u, relative to the largest eigenvalue in magnitude",
                  l -> l.layer().residual()),
              Column.integer("products", "that it took", l -> l.layer().products()),
              Column.text("stop", "why the eigensolver stopped", l -> word(l.layer().stop())),
              Column.real("trace", "of its block, by Hutch++", l -> l.layer().trace().value()),
              Column.real("trace_error", "standard error", l -> l.layer().trace().standardError()),
              Column.integer("trace_products", "that it took", l -> l.layer().trace().products()),
              Column.real(
                  "trace_share",
                  "part in the sum of all layers' traces",
                  l -> l.spectrum().share(l.layer()))));

  private SpectrumTables() {}

  /**
   * Refuses a study that is there already, before it costs anything.
   *
   * @param model name of the model's file
   * @param subject what the study is of
   * @param output folder of the tables, a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if such a study is there, or the folder cannot be looked into
   */
  public static void requireNew(
      String model, SpectrumSubject subject, String output, Configuration hadoop) {
    try {
      Path file = SpectraTable.TABLE.file(output, study(model, subject));
      if (FileSystems.of(file, hadoop).exists(file)) {
        throw new OutputException(
            "%s is there already, expected a new study; choose another eigensweep.output or delete the file"
                .formatted(file));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "cannot look into %s (%s); set eigensweep.output to a folder that can be reached"
              .formatted(output, Failures.line(e)),
          e);
    }
  }

  /** Model, matrix and block, with what a path takes. */
  private static String study(String model, SpectrumSubject subject) {
    String matrix = subject.matrix() == CurvatureMatrix.HESSIAN ? "" : "-ggn";
    String name = subject.block().name();
    String block = name.equals(Block.ALL) ? "" : "-" + name.replace(", ", "+");
    return (model + matrix + block)
        .replaceAll("[^\\p{Alnum}._+-]", "-")
        .replaceAll("^[._]", "-"); // readers of tables pass over such files
  }

  /**
   * Writes the tables of one study.
   *
   * @param spectrum what was measured
   * @param origin what it goes back to
   * @param output folder of the tables, a Hadoop path
   * @param hadoop the file systems
   * @return the study's name, as in the tables
   * @throws OutputException if a table cannot be written
   */
  public static String write(
      Spectrum spectrum, SpectrumOrigin origin, String output, Configuration hadoop) {
    String study = study(origin.model(), spectrum.subject());
    try {
      FileSystem files = PlainFiles.of(new Path(output), hadoop);
      int nodes = spectrum.density().nodes().length;
      DENSITY.write(files, output, study, places(study, spectrum, nodes));
      EIGENVALUES.write(
          files, output, study, places(study, spectrum, spectrum.eigenvalues().length));
      if (!spectrum.layers().isEmpty()) {
        LAYERS.write(files, output, study, layers(study, spectrum));
      }
      SpectraTable.TABLE.write(
          files, output, study, List.of(new SpectraTable.Study(study, spectrum, origin)));
      return study;
    } catch (IOException e) {
      throw new OutputException(
          "cannot write the tables of %s (%s); set eigensweep.output to a folder that can be written"
              .formatted(study, Failures.line(e)),
          e);
    }
  }

  private static List<Layer> layers(String study, Spectrum spectrum) {
    return spectrum.layers().stream().map(l -> new Layer(study, spectrum, l)).toList();
  }

  private static List<Place> places(String study, Spectrum spectrum, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Place(study, spectrum, i)).toList();
  }
}
