package org.eigensweep.spark.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Distances;
import org.eigensweep.experiment.outcome.FullGradient;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Pairs;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.outcome.StepTaken;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SpaceOverlap;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.spark.file.SealedFile;
import org.eigensweep.spark.sliced.StoredBlock;
import org.eigensweep.training.OptimizerState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {
  private static final int PARAMETERS = 5000;
  private static final int PAIRS = 3;
  private static final Trunk TRUNK =
      new Trunk(0.1, 7, List.of(2, 3), List.of(Continuation.PLAIN, Continuation.BULK));

  private static final String NAME = TRUNK.id() + "-abc";

  private static final Cost COST = new Cost(12, 20, 4, 3, 1, 0.5);

  @TempDir private Path folder;
  @TempDir private Path elsewhere;
  private FileSystem files;
  private OutputLock lock;

  /** Without Hadoop's own sums beside its files, which would be wrong before ours. */
  @BeforeEach
  void open() throws IOException {
    files = FileSystem.getLocal(new Configuration()).getRaw();
    lock = OutputLock.take(files, new org.apache.hadoop.fs.Path(elsewhere.toUri()));
  }

  @AfterEach
  void close() {
    lock.close();
  }

  /** The checkpoints of trunks with a hash, as one version of the program sees them. */
  private record Trunks(CheckpointFiles files, Checkpoints checkpoints) {
    void write(Located<TrunkOutcome> ran) {
      checkpoints.keep(ran.result().trunk(), ran.map(Reached.Ended::new));
    }

    Optional<Located<TrunkOutcome>> read(Trunk trunk) {
      return checkpoints
          .of(trunk)
          .map(reached -> reached.map(result -> result.outcome().orElseThrow()));
    }

    void delete(Trunk trunk) {
      checkpoints.release(trunk);
    }

    String snapshots(Trunk trunk) {
      return checkpoints.vectors(trunk);
    }

    void tidy() {
      files.tidy();
    }
  }

  private Trunks kept(String hash, String version) {
    return kept(folder, hash, version);
  }

  private Trunks kept(Path output, String hash, String version) {
    return kept(output, hash, version, List.of());
  }

  private Trunks kept(Path output, String hash, String version, List<Integer> keptSteps) {
    CheckpointFiles all =
        new CheckpointFiles(
            files, new org.apache.hadoop.fs.Path(output.toUri()), new Kept.Build(version, null));
    return new Trunks(
        all,
        new Checkpoints(all, lock, trunk -> hash, trial -> trial.id() + "-" + hash, keptSteps));
  }

  private Trunks kept() {
    return kept("abc", "1");
  }

  private Path file() {
    return folder.resolve("checkpoints").resolve(NAME);
  }

  private Path vectors() {
    return folder.resolve("checkpoints").resolve(NAME + ".vectors");
  }

  private static Located<TrunkOutcome> ran() {
    Random random = new Random(1);
    float[] theta = new float[PARAMETERS];
    double[] basis = new double[PARAMETERS * PAIRS];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = random.nextFloat();
    }
    Arrays.setAll(basis, i -> random.nextGaussian());
    SwitchState at =
        new SwitchState(
            12,
            0.96,
            new HostMatrix.Floats(PARAMETERS, 1, theta),
            OptimizerState.NEW,
            new TrackedSpace(new HostMatrix.Doubles(PARAMETERS, PAIRS, basis), -0.5, 40),
            COST);
    return ran(at);
  }

  private static Located<TrunkOutcome> ran(SwitchState at) {
    double[] some = {1, Double.NaN};
    Measurement point =
        new Measurement(
            3,
            Phase.TRUNK,
            new Evaluation(1, 0.5),
            new Evaluation(2, 0.25),
            new Pairs(some, some, 7, Stop.TRACKED),
            new FullGradient(new Components(5, some), 3, 1e-5),
            new StepTaken(
                new Components(4, some),
                new Components(3, some),
                new Components(2.5, some),
                Double.NaN,
                0.5,
                0.7,
                0.75),
            new TreeMap<>(Map.of(2, new SpaceOverlap(some, some))),
            new GradientNoise(2, some),
            2,
            new TreeMap<>(
                Map.of(2, new SteeringAccount(40, 3, 2, 1, 1e-4), 3, SteeringAccount.NOTHING)),
            new Distances(1, 2),
            0.5);
    TrunkOutcome outcome =
        new TrunkOutcome(
            TRUNK, Status.COMPLETED, List.of(point), Map.of(2, at, 3, at), Map.of(), COST);
    return new Located<>(outcome, "here", 2);
  }

  @Test
  void readsBackEveryBitAndDeletesAllOfIt() {
    Located<TrunkOutcome> ran = ran();
    kept().write(ran);
    Located<TrunkOutcome> read = kept().read(TRUNK).orElseThrow();
    assertThat(read)
        .usingRecursiveComparison()
        .withComparatorForType(Double::compare, Double.class)
        .withComparatorForType(Float::compare, Float.class)
        .isEqualTo(ran);
    Trunk fewer = new Trunk(0.1, 7, List.of(3), TRUNK.branches());
    assertThat(kept().read(fewer)).isPresent();
    kept().delete(TRUNK);
    kept().delete(TRUNK);
    kept().tidy();
    assertThat(folder).isEmptyDirectory();
    assertThat(kept().read(TRUNK)).isEmpty();
  }

  @Test
  void takesLittleMoreThanItsNumbers() throws IOException {
    kept().write(ran());
    // A checkpoint that several ranks share is written once.
    long numbers = 4L * PARAMETERS + 8L * PARAMETERS * PAIRS;
    assertThat(Files.size(file())).isBetween(numbers, numbers + 6000);
  }

  @Test
  void setsAsideAFileWithAWrongByteAnywhere() throws IOException {
    Random random = new Random(2);
    kept().write(ran());
    byte[] right = Files.readAllBytes(file());
    for (int i = 0; i < 40; i++) {
      byte[] wrong = right.clone();
      // Head and tail, where the records and the sum are, and anywhere.
      int at = i < 10 ? i : i < 20 ? wrong.length - 1 - i : random.nextInt(wrong.length);
      wrong[at] ^= (byte) (1 << random.nextInt(8));
      setsAside(wrong);
    }
  }

  @Test
  void setsAsideAFileThatIsCutAnywhere() throws IOException {
    Random random = new Random(3);
    kept().write(ran());
    byte[] right = Files.readAllBytes(file());
    for (int i = 0; i < 20; i++) {
      int length = i < 5 ? i * 16 : i < 10 ? right.length - i + 4 : random.nextInt(right.length);
      if (length < right.length) {
        setsAside(Arrays.copyOf(right, length));
      }
    }
    setsAside(Arrays.copyOf(right, right.length + 1));
  }

  /** A trunk whose vectors lie in files of their own, as executors leave them. */
  private Located<TrunkOutcome> ranInSlices() throws IOException {
    HostMatrix half = new HostMatrix.Floats(2, 1, new float[] {1, 2});
    MatrixSource[] stored = new MatrixSource[2];
    for (int i = 0; i < stored.length; i++) {
      String block = kept().snapshots(TRUNK) + "/" + i;
      for (String slice : new String[] {"slice-00000", "slice-00001"}) {
        SealedFile.write(files, new org.apache.hadoop.fs.Path(block, slice), half);
      }
      stored[i] = new StoredBlock(block, 2, 4, 1);
    }
    return ran(
        new SwitchState(
            12, 0.96, stored[0], OptimizerState.NEW, new TrackedSpace(stored[1], 0, 40), COST));
  }

  @Test
  void keepsTheVectorsOfATrunkAsLongAsTheTrunk() throws IOException {
    Located<TrunkOutcome> ran = ranInSlices();
    kept().write(ran);
    assertThat(kept().read(TRUNK).orElseThrow().result().switches())
        .isEqualTo(ran.result().switches());
    assertThat(vectors()).isNotEmptyDirectory();
    kept().delete(TRUNK);
    kept().tidy();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTrunkRunsAgainWhereOneOfItsVectorsIsNotWhole() throws IOException {
    for (String broken : new String[] {"0/slice-00001", "1/slice-00000"}) {
      kept().write(ranInSlices());
      Files.write(vectors().resolve(broken), new byte[100]);
      assertThat(kept().read(TRUNK)).isEmpty();
      kept().write(ranInSlices());
      Files.delete(vectors().resolve(broken));
      assertThat(kept().read(TRUNK)).isEmpty();
      assertThat(vectors()).as("they are made anew").doesNotExist();
    }
  }

  @Test
  void deletesTheVectorsThatItNamesNoMore() throws IOException {
    kept().write(ranInSlices());
    Path older = Files.createDirectory(vectors().resolve("older"));
    Files.createFile(older.resolve("slice-00000"));
    kept().write(ranInSlices());
    assertThat(older).doesNotExist();
    assertThat(kept().read(TRUNK)).isPresent();
  }

  @Test
  void isNotKeptWhereItsVectorsAreNotSeen() throws IOException {
    Located<Reached<TrunkOutcome>> ran = ranInSlices().map(Reached.Ended::new);
    assertThat(kept().checkpoints().keep(TRUNK, ran)).isTrue();
    kept().delete(TRUNK);
    assertThat(kept().checkpoints().keep(TRUNK, ran)).as("somebody else's folder").isFalse();
    assertThat(file()).doesNotExist();
  }

  @Test
  void aCopyOfAFolderDoesNotTakeTheVectorsOfTheOther() throws IOException {
    kept().write(ranInSlices());
    Path copy = elsewhere.resolve("copy");
    FileUtils.copyDirectory(
        folder.resolve("checkpoints").toFile(), copy.resolve("checkpoints").toFile());
    assertThat(kept(copy, "abc", "1").read(TRUNK)).isEmpty();
    assertThat(vectors()).as("the other's").isNotEmptyDirectory();
    assertThat(kept().read(TRUNK)).isPresent();
  }

  @Test
  void clearsWhatATrunkThatDidNotEndLeft() throws IOException {
    ranInSlices();
    assertThat(kept().read(TRUNK)).isEmpty();
    assertThat(vectors()).doesNotExist();
  }

  @Test
  void leavesTheFolderToATrunkInIt() {
    kept().write(ran());
    kept().tidy();
    assertThat(kept().read(TRUNK)).isPresent();
  }

  private void setsAside(byte[] content) throws IOException {
    Files.write(file(), content);
    assertThat(kept().read(TRUNK)).isEmpty();
    assertThat(file()).doesNotExist();
    try (var all = Files.list(file().getParent())) {
      assertThat(all).anyMatch(f -> f.getFileName().toString().startsWith(NAME + ".set-aside-"));
    }
  }

  @Test
  void setsAsideWhatBelongsToAnotherBuildOrLacksARank() {
    kept().write(ran());
    assertThat(kept("abc", "2").read(TRUNK)).isEmpty();
    assertThat(kept().read(TRUNK)).as("it is out of the way").isEmpty();
    kept().write(ran());
    assertThat(kept().read(new Trunk(0.1, 7, List.of(2, 4), TRUNK.branches()))).isEmpty();
  }

  @Test
  void trunksOfOtherSettingsLieBesideEachOther() {
    kept().write(ran());
    assertThat(kept("abd", "1").read(TRUNK)).isEmpty();
    kept("abd", "1").write(ran());
    kept("abd", "1").delete(TRUNK);
    assertThat(kept().read(TRUNK)).isPresent();
  }

  @Test
  void readsNoClassesButItsOwn() throws IOException {
    var path = new org.apache.hadoop.fs.Path(folder.resolve("foreign").toUri());
    Located<TrunkOutcome> ran = ran();
    TrunkOutcome foreign =
        new TrunkOutcome(
            TRUNK,
            Status.COMPLETED,
            new java.util.concurrent.CopyOnWriteArrayList<>(),
            Map.of(),
            Map.of(),
            ran.result().cost());
    Kept.Build build = new Kept.Build("1", null);
    Located<TrunkOutcome> wrong = new Located<>(foreign, "here", 1);
    SealedFile.write(
        files, path, new Kept.OfTrunk(build, List.of(), wrong.map(Reached.Ended::new)));
    assertThatThrownBy(() -> SealedFile.read(files, path, Kept.OfTrunk.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void aTrunkThatCannotBeWrittenIsNoFailure() throws IOException {
    Files.writeString(folder.resolve("checkpoints"), "a file where the folder should be");
    kept().write(ran());
    assertThat(kept().read(TRUNK)).isEmpty();
  }
}
