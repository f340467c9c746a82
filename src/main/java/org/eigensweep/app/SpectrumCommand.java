package org.eigensweep.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Nd4jDevice;
import org.eigensweep.array.Precision;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.Settings;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.Protocol;
import org.eigensweep.experiment.Spectrum;
import org.eigensweep.experiment.SpectrumStudy;
import org.eigensweep.network.SavedNetwork;
import org.eigensweep.report.SpectrumText;
import org.eigensweep.spark.SpectrumTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the Hessian of a network that DL4J saved. */
@Command(
    name = "spectrum",
    description =
        "Prints leading eigenvalues, trace and spectral density of a saved DL4J network's Hessian.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildInfo.VersionProvider.class)
final class SpectrumCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "CONF", description = "Settings file (HOCON).")
  private Path file;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "ZIP",
      description = "Network saved by DL4J's ModelSerializer, on any path that Hadoop opens.")
  private String model;

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

  @Mixin private SettingsOptions options;

  SpectrumCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Settings settings = options.read(Optional.ofNullable(file), dataAssignments());
    Configuration hadoop = new Configuration();
    SavedNetwork network = ModelFile.read(model, hadoop);
    try (VectorFolder folder = vectors == null ? null : VectorFolder.open(vectors, hadoop)) {
      Dataset train = settings.sweep().data().load(hadoop).train();
      Spectrum spectrum = study(settings, network, train);
      console.out().print(SpectrumText.render(spectrum));
      Map<String, String> provenance = new HashMap<>(BuildInfo.provenance(settings));
      provenance.put("train_source", train.source());
      provenance.put("train_sha256", train.sha256());
      provenance.put(
          "curvature", network.missingRule().map(m -> "finite differences: " + m).orElse("exact"));
      SpectrumTables.write(spectrum, ModelFile.name(model), settings.output(), provenance);
      console.out().printf("Parquet tables in %s%n", settings.output());
      if (folder != null) {
        save(spectrum, folder);
      }
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

  private Spectrum study(Settings settings, SavedNetwork network, Dataset train) {
    Protocol protocol = settings.sweep().protocol();
    Precision precision = protocol.precision();
    if (network.missingRule().isPresent()) {
      precision = Precision.FLOAT64;
      console
          .err()
          .printf(
              "finite differences of DL4J's gradient in float64, good to about nine digits where the"
                  + " network is smooth, because %s%n",
              network.missingRule().get());
    }
    int threads = Runtime.getRuntime().availableProcessors();
    try (Device device = Nd4jDevice.open(precision, threads);
        Objective objective = network.objective(device, train, protocol.passes())) {
      return SpectrumStudy.of(objective, network.parameters(), settings.spectrum());
    } catch (IllegalArgumentException e) {
      throw new DataException("%s: %s".formatted(model, e.getMessage()), e);
    }
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
