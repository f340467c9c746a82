package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The spectrum of a network that DL4J saved, by the command line: what comes out, and where. */
class SpectrumCommandTest {
  @TempDir private Path folder;
  private SpectrumRun run;

  @BeforeEach
  void start() {
    run = new SpectrumRun(folder);
  }

  private static NeuralNetConfiguration.ListBuilder layers(int inputs, Activation hidden) {
    return layers(new NeuralNetConfiguration.Builder(), inputs, hidden);
  }

  private static NeuralNetConfiguration.ListBuilder layers(
      NeuralNetConfiguration.Builder builder, int inputs, Activation hidden) {
    return builder
        .seed(3)
        .list()
        .layer(new DenseLayer.Builder().nIn(inputs).nOut(4).activation(hidden).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(4)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build());
  }

  @Test
  void measuresASavedNetwork() throws IOException {
    String model = run.save("net.zip", layers(784, Activation.TANH)).toUri().toString();
    Path vectors = Files.createDirectory(folder.resolve("vectors")); // an empty folder may be there
    Captured exact = run.execute(model, "--save-vectors", vectors.toUri().toString());
    assertThat(exact.status()).as(exact.err()).isZero();
    assertThat(exact.out())
        .startsWith("Hessian of 3,190 parameters\nloss ")
        .contains("eigenvalue", "energy in their space: ", "trace: ", "density: from ")
        .doesNotContain("L2 term", "layers: ")
        .endsWith("NumPy files in " + vectors.toUri() + "\n");
    assertThat(exact.err()).doesNotContain("finite differences", "left out");
    // 3,190 × 3 float32 numbers after a header of 128 bytes
    assertThat(Files.size(vectors.resolve("eigenvectors.npy"))).isEqualTo(128 + 4L * 3 * 3190);
    // the parameters as they were saved, in float64
    assertThat(Files.size(vectors.resolve("theta.npy"))).isEqualTo(128 + 8L * 3190);
    assertThat(names(vectors)).containsExactly("eigenvalues.npy", "eigenvectors.npy", "theta.npy");
    assertThat(names(folder)).containsExactly("net.zip", "out", "vectors");

    Captured again = run.execute(model);
    assertThat(again)
        .isEqualTo(
            refused(
                ("%s/spectra/net.zip.parquet is there already, expected a new study; choose another"
                        + " eigensweep.output or delete the file")
                    .formatted(run.output())));
    checkTables();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void checkTables() {
    Row spectra = run.rows("spectra", "net.zip", "model").get(0);
    assertThat(spectra.<String>getAs("curvature")).isEqualTo("exact");
    assertThat(spectra.<String>getAs("model")).isEqualTo("net.zip");
    assertThat(spectra.<String>getAs("matrix")).isEqualTo("hessian");
    assertThat(spectra.<String>getAs("block")).isEqualTo("all");
    assertThat(spectra.<String>getAs("coordinates")).isEqualTo("0:3190");
    assertThat(spectra.<String>getAs("l2")).isNull();
    assertThat(spectra.<String>getAs("left_out")).isNull();
    assertThat(run.rows("spectra_eigenvalues", "net.zip", "pair")).hasSize(3);
    List<Row> density = run.rows("spectra_density", "net.zip", "node");
    double weights = 0;
    double trace = 0;
    for (Row row : density) {
      weights += row.<Double>getAs("weight");
      trace += 3190 * row.<Double>getAs("weight") * row.<Double>getAs("node");
    }
    assertThat(weights).isCloseTo(1, within(1e-12));
    // both estimate the trace; the quadrature's four vectors are the noisier by far
    double expected = spectra.<Double>getAs("trace");
    assertThat(trace).isCloseTo(expected, within(0.5 * expected));
  }

  /** The same network without dropout, in training, is what evaluation mode takes. */
  @Test
  void takesDropoutInEvaluationModeWhenAsked() {
    String noisy =
        run.save(
                "noisy.zip",
                layers(new NeuralNetConfiguration.Builder().dropOut(0.5), 784, Activation.TANH))
            .toString();
    String quiet = run.save("quiet.zip", layers(784, Activation.TANH)).toString();
    assertThat(run.execute(noisy))
        .isEqualTo(
            refused(
                noisy
                    + ": layer0 (DenseLayer): dropout (DenseLayer.iDropout = Dropout) makes the loss random, expected one that is not: save the network without it, or look at its loss in evaluation mode (spectrum --mode evaluation)"));
    Captured evaluated = run.execute(noisy, "--mode", "evaluation");
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.err())
        .contains(
            "evaluation mode: without dropout and noise, and with the running statistics of batch normalisation as constants; this is not the loss that was trained on");
    assertThat(evaluated.out()).isEqualTo(run.execute(quiet).out());
    Row row = run.rows("spectra", "noisy.zip-evaluation", "model").get(0);
    assertThat(row.<String>getAs("curvature")).isEqualTo("in evaluation mode, exact");
    assertThat(row.<String>getAs("model")).isEqualTo("noisy.zip-evaluation");
    assertThat(run.execute(noisy, "--mode", "test").err())
        .contains("found test, expected training or evaluation");
  }

  @Test
  void saysWhyItTakesDifferences() {
    String model = run.save("swish.zip", layers(784, Activation.SWISH)).toString();
    Captured differenced =
        run.execute(
            model,
            "--set",
            "data.train-examples=60",
            "--set",
            "spectrum.trace-products=2",
            "--set",
            "spectrum.density-steps=2");
    assertThat(differenced.status()).as(differenced.err()).isZero();
    assertThat(differenced.err())
        .contains("finite differences of DL4J's gradient in float64")
        .contains("because layer0 (DenseLayer): activation swish has no exact derivative rule");
    assertThat(differenced.out())
        .contains("energy: not known, finite differences give no Gauss-Newton products");
    Captured ggn = run.execute(model, "--operator", "ggn");
    assertThat(ggn.status()).isEqualTo(2);
    assertThat(ggn.err())
        .startsWith(
            "eigensweep: "
                + model
                + ": --operator ggn needs an exact derivative rule for every layer, but layer0"
                + " (DenseLayer): activation swish has no exact derivative rule, ")
        .endsWith(": take --operator hessian\n")
        .hasLineCount(1);
  }

  /** What a sweep would need: fewer ranks than pairs, a batch of examples, and test files. */
  @Test
  void asksForNothingThatItDoesNotUse() throws IOException {
    String model = run.save("net.zip", layers(784, Activation.TANH)).toString();
    Path data = folder.resolve("images");
    IdxFolder.plain(data, 30, 1);
    for (String name : List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")) {
      Files.delete(data.resolve(name));
    }
    Captured measured =
        run.execute(
            model,
            "--set",
            "data.kind=mnist",
            "--set",
            "data.dir=" + data,
            "--set",
            "data.train-examples=30");
    assertThat(measured.err()).doesNotContain("eigensweep:");
    assertThat(measured.status()).isZero();
    assertThat(measured.out()).startsWith("Hessian of 3,190 parameters\nloss ");
  }

  @Test
  void refusesModelsThatItCannotMeasure() throws IOException {
    String expected = "expected a zip that DL4J's ModelSerializer wrote";
    String none = folder.resolve("none.zip").toString();
    assertThat(run.execute(none)).isEqualTo(refused(none + ": no such file, " + expected));
    assertThat(run.execute(folder.toString()))
        .isEqualTo(refused(folder + ": a folder, " + expected));
    assertThat(run.execute("nowhere://host/net.zip"))
        .isEqualTo(
            refused(
                "nowhere://host/net.zip: cannot be read (No FileSystem for scheme \"nowhere\"), "
                    + expected));
    assertThat(run.execute("s3a://host/net.zip"))
        .isEqualTo(
            refused(
                "s3a://host/net.zip: cannot be read (Class org.apache.hadoop.fs.s3a.S3AFileSystem"
                    + " not found, which serves s3a://: its jar is not on the class path), "
                    + expected));
    Path text = Files.writeString(folder.resolve("notes.txt"), "not a network");
    assertThat(run.execute(text.toString()))
        .isEqualTo(
            refused(
                ("%s: no zip, or one without entries, expected a zip that DL4J's ModelSerializer"
                        + " wrote")
                    .formatted(text)));
    Path small = run.save("small.zip", layers(5, Activation.TANH));
    assertThat(run.execute(small.toString()))
        .isEqualTo(
            refused(
                ("%s: the network takes 5 inputs, the data have 784: expected data of the network's"
                        + " own kind")
                    .formatted(small)));
    Path sparse =
        run.save(
            "sparse.zip",
            layers(new NeuralNetConfiguration.Builder().l1(0.1), 784, Activation.TANH));
    assertThat(run.execute(sparse.toString()))
        .isEqualTo(
            refused(
                sparse
                    + ": layer0.W has L1Regularization, expected L2 or none, which have a Hessian:"
                    + " save the network without it"));
    MultiLayerNetwork diverged = new MultiLayerNetwork(layers(784, Activation.TANH).build());
    diverged.init();
    diverged.params().assign(Double.NaN);
    Path lost = run.save("diverged.zip", diverged);
    assertThat(run.execute(lost.toString()))
        .isEqualTo(
            refused(
                lost + ": the training loss is not finite: the point it belongs to has diverged"));
    assertThat(run.output()).doesNotExist();
  }

  @Test
  void refusesPartsThatTheNetworkHasNot() {
    String model = run.save("net.zip", layers(784, Activation.TANH)).toString();
    assertThat(run.execute(model, "--layer", "layer0.W", "--layer", "layer2"))
        .isEqualTo(
            refused(
                model
                    + ": no parameters are called layer2, expected one of layer0, layer0.W,"
                    + " layer0.b, layer1, layer1.W, layer1.b"));
    assertThat(run.execute(model, "--layer", "3000:3191"))
        .isEqualTo(
            refused(
                model
                    + ": coordinates 3000:3191 reach past the network's 3190 parameters, expected a"
                    + " range within 0:3190"));
    assertThat(run.execute(model, "--layer", "7:7"))
        .isEqualTo(
            refused(
                model + ": coordinates from 7 to before 7 are no range, expected 0 <= from < to"));
    assertThat(run.execute(model, "--layer", "3:5"))
        .isEqualTo(
            refused(
                model
                    + ": 3:5 has 2 parameters, expected at least eigensweep.eigenspace.pairs = 3:"
                    + " ask for fewer pairs"));
    assertThat(run.execute(model, "--operator", "fisher"))
        .isEqualTo(
            refused(
                "Invalid value for option '--operator': found fisher, expected hessian or ggn; see"
                    + " eigensweep spectrum --help"));
    assertThat(run.output()).doesNotExist();
  }

  @Test
  void leavesAPageAndItsFigures() throws IOException {
    String model = run.save("net.zip", layers(784, Activation.TANH)).toString();
    Path page = Files.writeString(folder.resolve("net.html"), "an earlier page");
    Path figures = folder.resolve("a/figures");
    Captured done =
        run.execute(
            model, "--each-layer", "--report", page.toString(), "--figures", figures.toString());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out())
        .contains("Report in " + page + ": net.zip\n")
        .endsWith("6 figures, each as SVG and PNG, in " + figures + "\n");
    assertThat(names(figures))
        .containsExactly(
            "alignment.png",
            "alignment.svg",
            "density.png",
            "density.svg",
            "eigenvalues.png",
            "eigenvalues.svg",
            "layer-eigenvalues.png",
            "layer-eigenvalues.svg",
            "layer-traces.png",
            "layer-traces.svg",
            "residuals.png",
            "residuals.svg");
    assertThat(figures.resolve("density.svg"))
        .content()
        .contains("one eigenvalue", "share of the eigenvalues")
        .doesNotContain("NaN", "<script");
    assertThat(figures.resolve("layer-traces.svg"))
        .content()
        .contains(">layer0<", ">layer1<")
        .doesNotContain("NaN");
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("\"matrix\":\"hessian\"");
    assertThat(names(folder)).containsExactly("a", "net.html", "net.zip", "out");
  }

  @Test
  void refusesPagesThatItCannotWriteBeforeItMeasures() throws IOException {
    String model = run.save("net.zip", layers(784, Activation.TANH)).toString();
    String nowhere = folder.resolve("no/such/page.html").toString();
    assertThat(run.execute(model, "--report", nowhere))
        .isEqualTo(
            refused(
                nowhere
                    + ": there is no folder to write it in; make the folder, or name another file"));
    assertThat(run.execute(model, "--report", folder.toString()))
        .isEqualTo(refused(folder + ": is a folder, expected a file; name one"));
    Captured file = run.execute(model, "--figures", model);
    assertThat(file.status()).isEqualTo(2);
    assertThat(file.err())
        .startsWith("eigensweep: " + model + ": no such folder can be made (")
        .endsWith("); name another\n")
        .hasLineCount(1);
    assertThat(run.output()).doesNotExist();
    assertThat(names(folder)).containsExactly("net.zip");
  }

  @Test
  void refusesFoldersThatItCannotFill() throws IOException {
    String model = run.save("net.zip", layers(784, Activation.TANH)).toString();
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.writeString(full.resolve("theta.npy"), "older");
    assertThat(run.execute(model, "--save-vectors", full.toString()))
        .isEqualTo(
            refused(
                full
                    + " is there already, expected a new folder for the vectors; choose another or"
                    + " delete it"));
    assertThat(run.execute(model, "--save-vectors", "nowhere://host/vectors"))
        .isEqualTo(
            refused(
                "nowhere://host/vectors: cannot be reached (No FileSystem for scheme \"nowhere\"),"
                    + " expected a folder on a file system that Hadoop is configured for"));
    assertThat(run.execute(model, "--save-vectors", "s3a://host/vectors"))
        .isEqualTo(
            refused(
                "s3a://host/vectors: cannot be reached (Class"
                    + " org.apache.hadoop.fs.s3a.S3AFileSystem not found, which serves s3a://: its jar"
                    + " is not on the class path), expected a folder on a file system that Hadoop is"
                    + " configured for"));
    assertThat(run.execute(model, "--set", "output=nowhere://host/out"))
        .isEqualTo(
            refused(
                "cannot look into nowhere://host/out"
                    + " (UnsupportedFileSystemException: No FileSystem for scheme \"nowhere\"); set"
                    + " eigensweep.output to a folder that can be reached"));
    assertThat(run.execute(model, "--set", "output=s3a://host/out"))
        .isEqualTo(
            refused(
                "cannot look into s3a://host/out (IOException: Class"
                    + " org.apache.hadoop.fs.s3a.S3AFileSystem not found, which serves s3a://: its jar"
                    + " is not on the class path); set eigensweep.output to a folder that can be"
                    + " reached"));
    assertThat(run.output()).doesNotExist();
    String inAFile = model + "/vectors";
    Captured late = run.execute(model, "--save-vectors", inAFile);
    assertThat(late.status()).isEqualTo(2);
    assertThat(late.err()).startsWith("eigensweep: " + inAFile + ": cannot be ").hasLineCount(1);
    assertThat(names(folder)).doesNotContain("vectors").allMatch(name -> !name.startsWith("."));
  }

  private static Captured refused(String message) {
    return new Captured(2, "", "eigensweep: %s%n".formatted(message));
  }
}
