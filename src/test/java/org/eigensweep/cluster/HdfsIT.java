package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Data, models, tables and vectors on HDFS, with executors that see no other disk of the job. */
class HdfsIT {
  private static final String CONF =
      """
      eigensweep {
        name = idx
        data  { kind = mnist, train-examples = 60, test-examples = 20 }
        model { hidden = [8] }
        training { batch-size = 10, steps = 12, switch { on = step, step = 4 } }
        eigenspace { pairs = 3 }
        measure.every = 3
        sweep { learning-rates = [0.02, 0.1], seeds = [0], ranks = [3] }
      }
      """;

  @TempDir private static Path shared;
  private static HadoopCluster hadoop;
  private static FileSystem files;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    hadoop = HadoopCluster.hdfs(shared);
    files = hadoop.files();
    IdxFolder.plain(shared.resolve("mnist"), 60, 20);
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(shared.resolve("mnist").toUri()), at("/data/mnist"));
  }

  @AfterAll
  static void stop() throws IOException {
    files.close();
    hadoop.close();
  }

  private static org.apache.hadoop.fs.Path at(String path) {
    return new org.apache.hadoop.fs.Path(hadoop.address().resolve(path));
  }

  private static String run(Submission submission, String... words) {
    try (ChildProcess driver = submission.start(words)) {
      assertThat(driver.status()).as(driver.tail()).isZero();
      return driver.log();
    }
  }

  private static String sweep(Submission submission, Path conf, String data, String output) {
    return run(
        submission,
        "run",
        conf.toString(),
        "--set",
        "data.dir=\"" + data + "\"",
        "--set",
        "output=\"" + output + "\"");
  }

  @Test
  void keepsASweepFromDataToTables() throws IOException {
    Path conf = Files.writeString(folder.resolve("idx.conf"), CONF);
    String here = folder.resolve("out").toString();
    sweep(Submission.local(folder), conf, shared.resolve("mnist").toString(), here);
    String there = at("/results/idx").toString();
    try (StandaloneCluster spark = StandaloneCluster.start(folder);
        Tables tables = new Tables()) {
      Submission submission = Submission.standalone(spark, folder);
      String data = at("/data").toString();
      assertThat(sweep(submission, conf, data, there)).contains("running 6 trials");
      assertThat(tables.read(there)).isEqualTo(tables.read(here));

      assertThat(sweep(submission, conf, data, there))
          .contains("6 of 6 trials were finished in " + there)
          .doesNotContain("running");

      for (String table : List.of("trials", "seals")) {
        var one = at("/results/idx/" + table + "/lr0.1-seed0-rank3-bulk-*");
        files.delete(files.globStatus(one)[0].getPath(), false);
      }
      assertThat(sweep(submission, conf, data, there))
          .contains("5 of 6 trials were finished", "running 1 trial on");
      assertThat(tables.read(there)).isEqualTo(tables.read(here));
    }
  }

  @Test
  void keepsAModelAndItsVectors() throws IOException {
    try (OutputStream out = files.create(at("/models/net.zip"))) {
      ModelSerializer.writeModel(network(), out, false);
    }
    files.mkdirs(at("/vectors")); // an empty folder may be there
    String output = at("/spectra").toString();
    List<String> words =
        new ArrayList<>(List.of("spectrum", "--model", at("/models/net.zip").toString()));
    words.addAll(List.of("--save-vectors", at("/vectors").toString(), "--data", "digits"));
    for (String setting :
        List.of("data.train-examples=60", "eigenspace.pairs=3", "sweep.ranks=[3]")) {
      words.addAll(List.of("--set", setting));
    }
    words.addAll(List.of("--set", "output=\"" + output + "\""));
    String said = run(Submission.local(folder), words.toArray(String[]::new));
    assertThat(said).contains("NumPy files in " + at("/vectors"));
    assertThat(Arrays.stream(files.listStatus(at("/vectors"))).map(FileStatus::getPath))
        .extracting(org.apache.hadoop.fs.Path::getName)
        .containsExactlyInAnyOrder("theta.npy", "eigenvalues.npy", "eigenvectors.npy");
    // Header of 128 bytes and three float64.
    assertThat(files.getFileStatus(at("/vectors/eigenvalues.npy")).getLen()).isEqualTo(128 + 24);
    assertThat(files.exists(at("/spectra/spectra/net.zip.parquet"))).isTrue();
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .list()
                .layer(new DenseLayer.Builder().nIn(784).nOut(4).build())
                .layer(new OutputLayer.Builder(LossFunction.MSE).nIn(4).nOut(10).build())
                .build());
    network.init();
    return network;
  }
}
