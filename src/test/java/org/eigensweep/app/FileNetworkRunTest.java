package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.eigensweep.network.FileNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** A user's network from its file to a sweep, and from the sweep's points to their spectrum. */
class FileNetworkRunTest {
  @TempDir private Path folder;

  private Path settings() throws IOException {
    Path json =
        Files.write(
            folder.resolve("net.json"),
            FileNetworks.json(
                FileNetworks.builder()
                    .list()
                    .layer(
                        new DenseLayer.Builder()
                            .nIn(784)
                            .nOut(4)
                            .activation(Activation.TANH)
                            .build())
                    .layer(FileNetworks.softmax(4, 10))
                    .build()));
    return Files.writeString(
        folder.resolve("own.conf"),
        """
        eigensweep {
          name = own
          data { train-examples = 60, test-examples = 20 }
          model { kind = file, file = "%s" }
          training { batch-size = 20, steps = 2, rules = [plain], switch { on = step, step = 1 } }
          eigenspace.pairs = 2
          sweep.ranks = [1]
          spectrum { trace-products = 10, density-vectors = 1, density-steps = 5 }
          output = "%s"
        }
        """
            .formatted(json, folder.resolve("out")));
  }

  @Test
  void runsAndLeavesPointsThatSpectrumOpens() throws IOException {
    String conf = settings().toString();
    Captured plan = Captured.execute("plan", conf, "--probe", "0");
    assertThat(plan.status()).as(plan.err()).isZero();
    Captured run = Captured.execute("run", conf, "--save-models", "0,2");
    assertThat(run.status()).as(run.err()).isZero();
    List<Path> models;
    try (Stream<Path> files = Files.list(folder.resolve("out/models"))) {
      models = files.sorted().toList();
    }
    assertThat(models)
        .extracting(file -> file.getFileName().toString().replaceFirst("[0-9a-f]{12}", "HASH"))
        .containsExactly(
            "lr0.01-seed0-rank1-plain-HASH-step0.zip", "lr0.01-seed0-rank1-plain-HASH-step2.zip");
    Captured spectrum = Captured.execute("spectrum", conf, "--model", models.get(1).toString());
    assertThat(spectrum.status()).as(spectrum.err()).isZero();
    assertThat(spectrum.out()).startsWith("Hessian of 3,190 parameters\nloss ");
    assertThat(spectrum.err()).doesNotContain("finite differences");
    String wrong = models.get(1).toString().replace("step2", "step5");
    assertThat(Captured.execute("spectrum", conf, "--model", wrong))
        .isEqualTo(
            new Captured(
                ExitStatus.BAD_INPUT,
                "",
                "eigensweep: %s: no such file, expected a zip that DL4J's ModelSerializer wrote; the folder has %s, %s%n"
                    .formatted(wrong, models.get(0).getFileName(), models.get(1).getFileName())));
  }

  @Test
  void namesPointsByTheirTrial() throws IOException {
    String conf = settings().toString();
    Captured run = Captured.execute("run", conf, "--save-models", "0,2");
    assertThat(run.status()).as(run.err()).isZero();
    Captured named =
        Captured.execute("spectrum", conf, "--trial", "lr0.01-seed0-rank1-plain", "--step", "2");
    assertThat(named.status()).as(named.err()).isZero();
    assertThat(named.out()).startsWith("Hessian of 3,190 parameters\nloss ");

    Captured wrong = Captured.execute("spectrum", conf, "--trial", "lr0.01-seed0", "--step", "1");
    assertThat(wrong.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(wrong.err().replaceAll("plain-[0-9a-f]{12}", "plain-HASH"))
        .isEqualTo(
            ("eigensweep: %s/out/models: no network of trial lr0.01-seed0 at step 1, expected one"
                    + " that run --save-models 1 has left; there are"
                    + " lr0.01-seed0-rank1-plain-HASH-step0.zip,"
                    + " lr0.01-seed0-rank1-plain-HASH-step2.zip\n")
                .formatted(folder));
    assertThat(Captured.execute("spectrum", conf).err())
        .isEqualTo(
            "eigensweep: Missing required argument (specify one of these): (--model=ZIP |"
                + " [--trial=NAME --step=STEP]); see eigensweep spectrum --help\n");
    assertThat(Captured.execute("spectrum", conf, "--trial", "x").err())
        .isEqualTo(
            "eigensweep: Missing required argument(s): --step=STEP; see eigensweep spectrum"
                + " --help\n");
  }

  /** A finished trial does not run again, and plan says so as run does. */
  @Test
  void refusesToKeepMoreOfFinishedTrials() throws IOException {
    String conf = settings().toString();
    assertThat(Captured.execute("run", conf).status()).isZero();
    Captured run = Captured.execute("run", conf, "--save-models", "1");
    assertThat(run.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(run.err())
        .startsWith(
            "eigensweep: lr0.01-seed0-rank1-plain is finished in %s without the model of step 1: "
                .formatted(folder.resolve("out")));
    assertThat(Captured.execute("plan", conf, "--set", "measure.save-models=[1]")).isEqualTo(run);
  }

  @Test
  void refusesStepsThatAreNone() throws IOException {
    assertThat(Captured.execute("run", settings().toString(), "--save-models", "0,5"))
        .isEqualTo(
            new Captured(
                ExitStatus.BAD_INPUT,
                "",
                "eigensweep: --save-models: eigensweep.measure.save-models: found 5, expected an integer from 0 to 2; correct it, or leave it out for the default []\n"));
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
