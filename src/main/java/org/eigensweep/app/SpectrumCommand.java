package org.eigensweep.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Precision;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.SpectrumSettings;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.spectrum.Spectrum;
import org.eigensweep.experiment.spectrum.SpectrumStudy;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.saved.SavedNetwork;
import org.eigensweep.report.SpectrumText;
import org.eigensweep.spark.KeptActivations;
import org.eigensweep.spark.session.Session;
import org.eigensweep.spark.table.SpectrumOrigin;
import org.eigensweep.spark.table.SpectrumTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the curvature of the training loss of a network that DL4J saved. */
@Command(
    name = "spectrum",
    description =
        "Prints leading eigenvalues, trace and spectral density of a saved DL4J network's Hessian"
            + " or Gauss-Newton matrix, whole or by layer.",
    footer = {
      "",
      "Examples:",
      "  submit/local spectrum --model mlp.zip --data mnist:/data/mnist",
      "  submit/local spectrum my.conf --model mlp.zip --each-layer",
      "  submit/local spectrum my.conf --trial lr0.01-seed0-rank10-bulk --step 500",
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class SpectrumCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "CONF", description = "Settings file (HOCON).")
  private Path file;

  @Mixin private ModelOptions models;

  @Option(
      names = "--data",
      paramLabel = "KIND[:DIR]",
      description = "Shorthand for data.kind and data.dir, as in mnist:/data/mnist.")
  private String data;

  @Option(
      names = "--save-vectors",
      paramLabel = "DIR",
      description =
          "Leave theta.npy, eigenvalues.npy and eigenvectors.npy in this new folder, on any path"
              + " that Hadoop opens.")
  private String vectors;

  @Mixin private SubjectOptions subjects;

  @Mixin private PageOptions page;

  @Mixin private SettingsOptions options;

  private ChosenModel model;

  SpectrumCommand(Console console) {
    this.console = console;
  }

  /** Looks at all that may be wrong before it measures anything. */
  @Override
  public Integer call() throws IOException {
    Configuration hadoop = Session.fileSystems();
    SpectrumSettings settings =
        options.readSpectrum(Optional.ofNullable(file), dataAssignments(), hadoop);
    model = models.in(settings.output(), hadoop);
    SavedNetwork network = model.read(hadoop).over(settings.data().shape());
    SpectrumSubject subject = subjects.of(model.file(), network);
    requireRoom(subject, settings);
    SpectrumTables.requireNew(model.study(), subject, settings.output(), hadoop);
    try (VectorFolder folder = vectors == null ? null : VectorFolder.open(vectors, hadoop)) {
      page.require(hadoop);
      Dataset train = settings.data().loadTraining(hadoop);
      Spectrum spectrum = study(settings, network, subject, train);
      console.out().print(SpectrumText.render(spectrum, network.l2(), network.l2Value()));
      String study =
          SpectrumTables.write(
              spectrum, origin(settings, network, train), settings.output(), hadoop);
      console.out().printf("Parquet tables in %s%n", settings.output());
      if (folder != null) {
        save(spectrum, folder);
      }
      page.write(settings.output(), study, hadoop, console);
    }
    return ExitStatus.OK;
  }

  private List<Assignment> dataAssignments() {
    List<Assignment> assignments = new ArrayList<>();
    if (data != null) {
      int colon = data.indexOf(':');
      assignments.add(
          new Assignment("--data", "data.kind", colon < 0 ? data : data.substring(0, colon)));
      if (colon >= 0) {
        assignments.add(new Assignment("--data", "data.dir", data.substring(colon + 1)));
      }
    }
    return assignments;
  }

  private void requireRoom(SpectrumSubject subject, SpectrumSettings settings) {
    int pairs = settings.request().eigenspace().pairs();
    if (pairs > subject.block().size()) {
      throw new DataException(
          "%s: %s has %d parameters, expected at least eigensweep.eigenspace.pairs = %d: ask for fewer pairs"
              .formatted(model.file(), subject.block().name(), subject.block().size(), pairs));
    }
  }

  private Spectrum study(
      SpectrumSettings settings, SavedNetwork network, SpectrumSubject subject, Dataset train) {
    Precision precision = settings.precision();
    if (network.missingRule().isPresent()) {
      precision = Precision.FLOAT64;
    }
    int threads = Runtime.getRuntime().availableProcessors();
    Devices devices = settings.device().here(0);
    PassSettings passes = passes(settings, network, devices);
    try (Device device = devices.open(precision, threads);
        Objective objective = objective(network, device, train, passes)) {
      model.describe(network, console.err());
      return SpectrumStudy.of(objective, network.parameters(), subject, settings.request());
    } catch (NotFiniteException | DataException e) {
      throw new DataException("%s: %s".formatted(model.file(), e.getMessage()), e);
    }
  }

  /** Beside the vectors that the solver, a trace or a density holds at a time. */
  private static PassSettings passes(
      SpectrumSettings settings, SavedNetwork network, Devices devices) {
    var request = settings.request();
    long vectors =
        (long) ThickRestartLanczos.vectorsHeld(request.eigenspace().pairs())
            + Math.max(request.traceProducts(), request.densitySteps());
    long bytes = vectors * network.parameters().rows() * Precision.FLOAT64.bytes();
    return KeptActivations.alone(settings.passes(), devices, bytes);
  }

  private Objective objective(
      SavedNetwork network, Device device, Dataset train, PassSettings passes) {
    try {
      return network.trainingObjective(device, train, passes);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e); // whoever catches it names the file
    }
  }

  private SpectrumOrigin origin(SpectrumSettings settings, SavedNetwork network, Dataset train) {
    return new SpectrumOrigin(
        model.study(),
        model.curvature(network),
        network.l2(),
        network.l2Value(),
        ChosenModel.leftOut(network).orElse(null),
        train.source(),
        train.sha256(),
        BuildInfo.provenance(settings.resolved()));
  }

  private void save(Spectrum spectrum, VectorFolder folder) {
    double[] values = spectrum.eigenvalues();
    folder.write(
        Map.of(
            "theta.npy", spectrum.theta(),
            "eigenvalues.npy", new HostMatrix.Doubles(values.length, 1, values),
            "eigenvectors.npy", spectrum.vectors()));
    console.out().printf("NumPy files in %s%n", vectors);
  }
}
