package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The spectrum of a network that DL4J saved, by the command line. */
class SpectrumCommandTest {
  @TempDir private Path folder;

  private Path saved(String name, int inputs, Activation hidden) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder().nIn(inputs).nOut(4).activation(hidden).build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(4)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    network.init();
    Path file = folder.resolve(name);
    network.save(file.toFile());
    return file;
  }

  private Captured spectrum(Path model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "spectrum",
                "--model",
                model.toString(),
                "--data",
                "digits",
                "--set",
                "data.train-examples=120",
                "--set",
                "eigenspace.pairs=3",
                "--set",
                "sweep.ranks=[3]",
                "--set",
                "spectrum.trace-products=30",
                "--set",
                "spectrum.density-steps=20",
                "--set",
                "output=" + folder.resolve("out")));
    arguments.addAll(List.of(more));
    return Captured.execute(arguments.toArray(String[]::new));
  }

  @Test
  void measuresASavedNetwork() throws IOException {
    Path model = saved("net.zip", 784, Activation.TANH);
    Path vectors = folder.resolve("vectors");
    Captured exact = spectrum(model, "--save-vectors", vectors.toString());
    assertThat(exact.status()).as(exact.err()).isZero();
    assertThat(exact.out())
        .contains("3,190 parameters", "eigenvalue", "trace: ", "density: from ")
        .contains("NumPy files in " + vectors);
    assertThat(exact.err()).doesNotContain("finite differences");
    // 3,190 × 3 float32 numbers after a header of 128 bytes
    assertThat(Files.size(vectors.resolve("eigenvectors.npy"))).isEqualTo(128 + 4L * 3 * 3190);
    assertThat(vectors.resolve("theta.npy")).exists();

    Captured again = spectrum(model);
    assertThat(again.status()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            ("eigensweep: %s/spectra/model=net.zip is there already, expected a new study; choose"
                    + " another eigensweep.output or delete the folder%n")
                .formatted(folder.resolve("out")));
    checkTables();
  }

  private void checkTables() {
    SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate();
    try {
      String out = folder.resolve("out").toString();
      Row spectra = spark.read().parquet(out + "/spectra").first();
      assertThat(spectra.<String>getAs("curvature")).isEqualTo("exact");
      assertThat(spectra.<String>getAs("model")).isEqualTo("net.zip");
      assertThat(spark.read().parquet(out + "/spectra_eigenvalues").count()).isEqualTo(3);
      Row sum =
          spark
              .read()
              .parquet(out + "/spectra_density")
              .selectExpr("sum(weight)", "3190 * sum(node * weight)")
              .first();
      assertThat(sum.getDouble(0)).isCloseTo(1, within(1e-12));
      // both estimate the trace; the quadrature's four vectors are the noisier by far
      double trace = spectra.<Double>getAs("trace");
      assertThat(sum.getDouble(1)).isCloseTo(trace, within(0.5 * trace));
    } finally {
      spark.stop();
    }
  }

  @Test
  void saysWhyItTakesDifferences() throws IOException {
    Captured differenced =
        spectrum(
            saved("swish.zip", 784, Activation.SWISH),
            "--set",
            "data.train-examples=60",
            "--set",
            "spectrum.trace-products=2",
            "--set",
            "spectrum.density-steps=2");
    assertThat(differenced.status()).as(differenced.err()).isZero();
    assertThat(differenced.err())
        .contains("finite differences of DL4J's gradient in float64")
        .contains("because activation swish has no exact derivative rule");
  }

  @Test
  void refusesWhatItCannotMeasure() throws IOException {
    assertThat(spectrum(folder.resolve("none.zip")))
        .isEqualTo(
            refused(
                "%s: no such file, expected a zip that DL4J's ModelSerializer wrote"
                    .formatted(folder.resolve("none.zip"))));
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a network");
    assertThat(spectrum(text))
        .isEqualTo(
            refused(
                ("%s: neither a MultiLayerNetwork nor a ComputationGraph, expected a zip that"
                        + " DL4J's ModelSerializer wrote")
                    .formatted(text)));
    Path small = saved("small.zip", 5, Activation.TANH);
    assertThat(spectrum(small))
        .isEqualTo(
            refused(
                ("%s: the network takes 5 inputs, the data have 784: expected data of the network's"
                        + " own kind")
                    .formatted(small)));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static Captured refused(String message) {
    return new Captured(2, "", "eigensweep: %s%n".formatted(message));
  }
}
