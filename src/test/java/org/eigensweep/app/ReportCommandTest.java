package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.eigensweep.data.FileSystems;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.spark.output.OutputLock;
import org.eigensweep.spark.reading.MadeTrial;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code report}: what it writes, and what it refuses. */
class ReportCommandTest {
  @TempDir private Path folder;

  private Path output;

  @BeforeEach
  void makeAFolder() throws IOException {
    output = Files.createDirectory(folder.resolve("out"));
  }

  private MadeTrial trial(long seed) {
    return MadeTrial.of("sweep", 0.1, seed, Continuation.PLAIN)
        .losses(100, 10, t -> Math.exp(-0.01 * t));
  }

  private static JsonObject data(Path page) throws IOException {
    String html = Files.readString(page);
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(start) + start.length();
    return JsonParser.parseString(html.substring(from, html.indexOf("</script>", from)))
        .getAsJsonObject();
  }

  @Test
  void writesAPageAndFiguresOfWhatIsFinishedAndWhatIsNot() throws IOException {
    trial(0).finish(output);
    trial(1).losses(50, 10, t -> 2).show(output);
    Path figures = folder.resolve("a/figures");
    Captured done = Captured.execute("report", output.toString(), "--figures", figures.toString());
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out())
        .contains("1 of 2 trials finished, the others wait for another run, up to step 50")
        .contains("figures, each as SVG and PNG, in " + figures);
    JsonObject data = data(output.resolve("report.html"));
    assertThat(data.getAsJsonArray("trials")).hasSize(2);
    assertThat(data.get("running").getAsBoolean()).isFalse();
    assertThat(figures.resolve("training-loss.svg")).isNotEmptyFile();
    assertThat(figures.resolve("training-loss.png")).isNotEmptyFile();
    try (Stream<Path> left = Files.list(output)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .as("nothing but the page is new")
          .containsExactlyInAnyOrder("trials", "steps", "eigenvalues", "report.html");
    }
  }

  /** Another thread is the sweep: it holds the folder, adds a trial, and ends. */
  @Test
  void watchesUntilTheSweepIsFinished() throws Exception {
    trial(0).show(output);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(output.toUri());
    FileSystem files = FileSystems.of(path, new Configuration());
    Path page = folder.resolve("watched.html");
    CompletableFuture<Captured> watching;
    try (OutputLock sweep = OutputLock.take(files, path)) {
      watching =
          CompletableFuture.supplyAsync(
              () ->
                  Captured.execute(
                      "report", output.toString(), "--watch=1", "--output", page.toString()));
      while (!Files.exists(page)) {
        assertThat(watching).isNotDone();
        Thread.sleep(50);
      }
      assertThat(data(page).get("running").getAsBoolean()).isTrue();
      sweep.check();
      trial(0).finish(output);
      trial(1).finish(output);
    }
    Captured done = watching.get();
    assertThat(done.status()).as(done.err()).isZero();
    assertThat(done.out())
        .contains("0 of 1 trials finished, the others run, up to step 100")
        .endsWith("watched.html: 2 trials%n".formatted());
    assertThat(data(page).getAsJsonArray("trials")).hasSize(2);
    assertThat(data(page).get("running").getAsBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "report nowhere | nowhere: no such folder, expected the output folder of a sweep",
        "report empty | empty: an empty folder, expected the output folder of a sweep",
        "report out --output no/such/page.html | no/such/page.html: there is no folder to write it in; make the folder, or name another file",
        "report out --output out | out: is a folder, expected a file; name one",
        "report out --figures file | file: no such folder can be made",
        "report out --watch=0 | --watch: found 0, expected at least 1 second",
        "report out --watch=5 --spectra | --watch: found with --spectra, expected one of them",
        "report nowhere --spectra | nowhere: no such folder, expected the output folder of eigensweep spectrum",
        "report out --spectra | out: no spectrum of a saved network in it, expected the output folder of eigensweep spectrum",
        "report broken --spectra | broken/spectra/net.zip.parquet: cannot be read (",
        "report | Missing required parameter: 'DIR'",
      })
  void refusesInOneLine(String command, String message) throws IOException {
    trial(0).finish(output);
    Files.createDirectory(folder.resolve("empty"));
    Files.createFile(folder.resolve("file"));
    Path broken = Files.createDirectories(folder.resolve("broken/spectra"));
    Files.writeString(broken.resolve("net.zip.parquet"), "not a table");
    String[] words =
        Stream.of(command.split(" "))
            .map(
                w ->
                    w.matches("nowhere|empty|out|file|broken|no/.*")
                        ? folder.resolve(w).toString()
                        : w)
            .toArray(String[]::new);
    Captured refused = Captured.execute(words);
    assertThat(refused.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(refused.err().lines()).hasSize(1);
    assertThat(refused.err().replace(folder + "/", ""))
        .startsWith("eigensweep: ")
        .contains(message);
    assertThat(refused.out()).isEmpty();
    try (Stream<Path> left = Files.list(output)) {
      assertThat(left.filter(path -> path.toString().contains("report"))).isEmpty();
    }
  }

  /** The disk turns out to be full, or the folder to be another's, when it is written. */
  @Test
  void leavesNothingWhereThePageCannotBeWritten() throws IOException {
    trial(0).finish(output);
    Captured refused =
        Captured.execute("report", output.toString(), "--output", "/proc/report.html");
    assertThat(refused.status()).isEqualTo(ExitStatus.BAD_INPUT);
    assertThat(refused.err().lines()).hasSize(1);
    assertThat(refused.err())
        .contains("/proc/report.html: cannot be written (")
        .contains("name a file in a folder that can be written");
  }
}
