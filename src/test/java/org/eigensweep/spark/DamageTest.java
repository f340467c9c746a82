package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.run.TaskRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to finished trials whose files were lost or changed: they are named, run again, and
 * leave the tables of a folder that nothing happened to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageTest {
  private static final String PLAIN = "lr0.5-seed7-rank1-plain";
  private static final String BULK = "lr0.5-seed7-rank1-bulk";
  private static final String OTHER = "lr4.0-seed7-rank1-plain";
  private static final List<String> TABLES = List.of("trials", "steps", "eigenvalues");
  private static final Sweep SWEEP =
      FakeRunner.sweep(
          List.of(FakeRunner.COMPLETES, FakeRunner.DIVERGES),
          List.of(Continuation.PLAIN, Continuation.BULK));

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private SparkSession spark;
  private Path whole;
  private Path calls;
  private Path output;

  @BeforeAll
  void start(@TempDir Path shared) throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .getOrCreate();
    calls = Files.createDirectory(shared.resolve("calls-of-the-first"));
    whole = shared.resolve("whole");
    run(whole);
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @BeforeEach
  void copy(@TempDir Path folder) throws IOException {
    calls = Files.createDirectory(folder.resolve("calls"));
    output = folder.resolve("out");
    copyTree(whole, output);
    console.reset();
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private SweepReport run(Path folder) {
    return SweepJob.run(
        SWEEP,
        FakeRunner.problem("abc"),
        folder.toString(),
        Duration.ofMinutes(1),
        Map.of("settings", "{}"),
        new PrintStream(console, true, StandardCharsets.UTF_8),
        TaskRuns.opener(FakeRunner.countingIn(calls)));
  }

  /** Runs the sweep again and expects these trials, and only these, to be named and run. */
  private void repairs(String... trials) {
    run(output);
    assertThat(FakeRunner.callsIn(calls)).contains(trials);
    assertThat(FakeRunner.callsIn(calls).stream().filter(call -> call.contains("rank")))
        .hasSize(trials.length);
    assertThat(lines().filter(line -> line.contains(" runs again: in ")))
        .hasSize(trials.length)
        .allMatch(line -> Arrays.stream(trials).anyMatch(line::startsWith));
    isWhole();
    console.reset();
    run(output);
    assertThat(console.toString(StandardCharsets.UTF_8))
        .contains("4 of 4 trials were finished in " + output)
        .doesNotContain("runs again");
  }

  private void isWhole() {
    for (String table : TABLES) {
      assertThat(rows(output, table)).as(table).isEqualTo(rows(whole, table));
    }
  }

  private List<String> rows(Path folder, String table) {
    return spark
        .read()
        .parquet(folder.resolve(table).toString())
        .drop("finished_at")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private Stream<String> lines() {
    return console.toString(StandardCharsets.UTF_8).lines();
  }

  private void says(String trial, String flaw) {
    assertThat(lines()).contains("%s runs again: in %s, %s".formatted(trial, output, flaw));
  }

  /** The name of a trial in files. */
  private static String named(String trial) {
    return SWEEP.trials().stream()
        .filter(one -> one.id().equals(trial))
        .map(one -> TrialIdentity.of(SWEEP, FakeRunner.problem("abc"), one).name())
        .findFirst()
        .orElseThrow();
  }

  private Path part(String table, String trial) {
    return output.resolve(table).resolve(named(trial) + ".parquet");
  }

  private Path seal(String trial) {
    return output.resolve("seals").resolve(named(trial) + ".sha256");
  }

  private String name(Path file) {
    return output.relativize(file).toString();
  }

  private static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path left, IOException e) throws IOException {
            Files.delete(left);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void readsBackAFolderThatWasMoved() throws IOException {
    Path moved = output.resolveSibling("moved");
    Files.move(output, moved);
    output = moved;
    run(output);
    assertThat(FakeRunner.callsIn(calls)).isEmpty();
    isWhole();
  }

  /** Spark takes a path for a pattern; the folder beside is one that it would fit. */
  @ParameterizedTest
  @ValueSource(strings = {"q[1]", "q?", "q*", "{q1,q2}", "ü %20 q", "q^"})
  void readsBackAFolderWhateverItsNameIs(String name) throws IOException {
    Path plain = output;
    Path named = output.resolveSibling(name);
    Files.move(plain, named);
    Files.createDirectories(output.resolveSibling("q1/trials"));
    output = named;
    run(output);
    assertThat(FakeRunner.callsIn(calls)).isEmpty();
    assertThat(lines()).contains("4 of 4 trials were finished in " + named + " and are read back");
    Files.move(named, plain);
    output = plain;
    isWhole();
  }

  /** So that anybody can check a folder without this program. */
  @Test
  void sealsAreWhatSha256sumChecks() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder("sha256sum", "-c", "seals/" + named(BULK) + ".sha256")
            .directory(output.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said.lines()).hasSize(3).allMatch(line -> line.endsWith(": OK"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues", "trials"})
  void aFileIsMissing(String table) throws IOException {
    Files.delete(part(table, BULK));
    repairs(BULK);
  }

  @Test
  void namesTheFileThatIsMissing() throws IOException {
    Path part = part("steps", BULK);
    Files.delete(part);
    run(output);
    says(BULK, name(part) + " is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues"})
  void aWholeTableIsMissing(String table) throws IOException {
    deleteTree(output.resolve(table));
    repairs(PLAIN, BULK, OTHER, "lr4.0-seed7-rank1-bulk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues", "trials"})
  void aFileIsCutShort(String table) throws IOException {
    Path part = part(table, BULK);
    byte[] content = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(content, content.length - 8)); // Parquet's footer ends it
    repairs(BULK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues", "trials"})
  void aFileIsEmptyAndNothingElseTells(String table) throws IOException {
    Path part = part(table, PLAIN);
    Files.write(part, new byte[0]);
    run(output);
    says(PLAIN, name(part) + " has another SHA-256 than when it was written");
    isWhole();
  }

  /** The right names, with the rows of the other trial. */
  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues", "trials"})
  void twoFilesAreExchanged(String table) throws IOException {
    Path one = part(table, OTHER);
    Path other = part(table, BULK);
    byte[] content = Files.readAllBytes(one);
    Files.write(one, Files.readAllBytes(other));
    Files.write(other, content);
    repairs(OTHER, BULK);
  }

  /** Consistent in itself, but for the names of the files. */
  @Test
  void twoTrialsAreExchangedInAllTables() throws IOException {
    for (String table : TABLES) {
      exchange(part(table, PLAIN), part(table, BULK));
    }
    exchange(seal(PLAIN), seal(BULK));
    run(output);
    says(BULK, name(seal(BULK)) + " is not whole");
    says(PLAIN, name(seal(PLAIN)) + " is not whole");
    isWhole();
  }

  private void exchange(Path one, Path other) throws IOException {
    Path aside = output.resolve("aside");
    Files.move(one, aside);
    Files.move(other, one);
    Files.move(aside, other);
  }

  /** Readers of the tables would take a copy's rows for more of the trial. */
  @ParameterizedTest
  @ValueSource(strings = {"steps", "eigenvalues", "trials"})
  void refusesAFileThatNoSweepWrote(String table) throws IOException {
    String copy = named(BULK) + " (copy).parquet";
    Files.copy(part(table, BULK), output.resolve(table).resolve(copy));
    refuses(table + "/" + copy);
  }

  @Test
  void refusesAFolderWithinATable() throws IOException {
    copyTree(output.resolve("steps"), output.resolve("steps/steps"));
    refuses("steps/steps");
  }

  private void refuses(String entry) {
    assertThatThrownBy(() -> run(output))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "%s holds %s, which is no file of a trial; move it away or choose another eigensweep.output"
                .formatted(output, entry));
    assertThat(FakeRunner.callsIn(calls)).isEmpty();
  }

  /** Parquet as it should be, under the right name, with one number changed. */
  @Test
  void aRowIsChangedWithinAValidFile() throws IOException {
    Path part = part("steps", BULK);
    Path changed = output.resolveSibling("changed");
    spark
        .read()
        .parquet(part.toString())
        .withColumn("train_loss", functions.col("train_loss").plus(1e-9))
        .coalesce(1)
        .write()
        .parquet(changed.toString());
    try (Stream<Path> files = Files.list(changed)) {
      Path made = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(part, Files.readAllBytes(made));
    }
    repairs(BULK);
  }

  @Test
  void aSealIsMissingOrNotWhole() throws IOException {
    Files.delete(seal(BULK));
    byte[] content = Files.readAllBytes(seal(PLAIN));
    Files.write(seal(PLAIN), Arrays.copyOf(content, content.length - 1));
    run(output);
    says(BULK, name(seal(BULK)) + " is missing");
    says(PLAIN, name(seal(PLAIN)) + " is not whole");
    isWhole();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aSealIsCutAnywhere(int length) throws IOException {
    Files.write(seal(BULK), Arrays.copyOf(Files.readAllBytes(seal(BULK)), length));
    repairs(BULK);
  }

  /** What a writer leaves that was killed is no part of a table. */
  @Test
  void leftoversThatReadersPassOverAreNoDamage() throws IOException {
    Files.writeString(output.resolve("steps/." + named(BULK) + ".parquet"), "PAR1");
    Files.writeString(output.resolve("trials/._SUCCESS.crc"), "");
    run(output);
    assertThat(FakeRunner.callsIn(calls)).isEmpty();
    isWhole();
  }

  /** The trial was under way, which is nothing to name. */
  @Test
  void aTrialWithoutItsRowRunsAgainWithoutAWord() throws IOException {
    Files.delete(part("trials", BULK));
    Files.delete(seal(BULK));
    Files.write(part("steps", BULK), new byte[3]);
    run(output);
    assertThat(console.toString(StandardCharsets.UTF_8)).doesNotContain("runs again: ");
    isWhole();
  }

  /** Nothing of another experiment may be lost for the damage that it has. */
  @Test
  void leavesAnotherExperimentThatIsDamagedAsItIs() throws IOException {
    Files.write(part("trials", OTHER), new byte[3]);
    Files.delete(part("steps", BULK));
    SweepJob.run(
        SWEEP,
        FakeRunner.problem("abd"),
        output.toString(),
        Duration.ofMinutes(1),
        Map.of("settings", "{}"),
        new PrintStream(console, true, StandardCharsets.UTF_8),
        TaskRuns.opener(FakeRunner.countingIn(calls)));
    assertThat(lines())
        .anyMatch(line -> line.startsWith(output + " holds 4 other trials, which stay"));
    assertThat(part("trials", BULK)).exists();
    assertThat(part("trials", OTHER)).hasSize(3);
  }
}
