package org.eigensweep.spark.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.Cost;
import org.eigensweep.experiment.Measurement;
import org.eigensweep.experiment.Phase;
import org.eigensweep.experiment.Status;
import org.eigensweep.experiment.SteeringAccount;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.spark.file.SealedFile;
import org.eigensweep.spark.sliced.StoredBlock;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTrunksTest {
  private static final int PARAMETERS = 5000;
  private static final int PAIRS = 3;
  private static final Trunk TRUNK =
      new Trunk(0.1, 7, List.of(2, 3), List.of(UpdateRule.PLAIN, UpdateRule.BULK));

  private static final String NAME = TRUNK.id() + "-abc";

  private static final Cost COST = new Cost(12, 20, 4, 3, 1, 0.5);

  @TempDir private Path folder;
  private FileSystem files;

  /** Without Hadoop's own sums beside its files, which would be wrong before ours. */
  @BeforeEach
  void open() throws IOException {
    files = FileSystem.getLocal(new Configuration()).getRaw();
  }

  private KeptTrunks kept(String hash, String version) {
    return new KeptTrunks(
        files,
        new org.apache.hadoop.fs.Path(folder.toUri()),
        new KeptTrunk.Build(version, null),
        trunk -> hash);
  }

  private KeptTrunks kept() {
    return kept("abc", "1");
  }

  private Path file() {
    return folder.resolve("trunks").resolve(NAME);
  }

  private Path vectors() {
    return folder.resolve("trunks").resolve(NAME + ".vectors");
  }

  private static Completed<TrunkOutcome> ran() {
    Random random = new Random(1);
    float[] theta = new float[PARAMETERS];
    double[] basis = new double[PARAMETERS * PAIRS];
    for (int i = 0; i < theta.length; i++) {
      theta[i] = random.nextFloat();
    }
    Arrays.setAll(basis, i -> random.nextGaussian());
    Checkpoint at =
        new Checkpoint(
            12,
            0.96,
            new HostMatrix.Floats(PARAMETERS, 1, theta),
            new TrackedSpace(new HostMatrix.Doubles(PARAMETERS, PAIRS, basis), -0.5, 40),
            COST);
    return ran(at);
  }

  private static Completed<TrunkOutcome> ran(Checkpoint at) {
    double[] some = {1, Double.NaN};
    Measurement point =
        new Measurement(
            3,
            Phase.TRUNK,
            1,
            0.5,
            2,
            0.25,
            5,
            3,
            1e-5,
            2.5,
            Double.NaN,
            some,
            some,
            some,
            some,
            7,
            Stop.TRACKED,
            new TreeMap<>(
                Map.of(2, new SteeringAccount(40, 3, 2, 1, 1e-4), 3, SteeringAccount.NOTHING)),
            1,
            0.7,
            0.5);
    TrunkOutcome outcome =
        new TrunkOutcome(
            TRUNK, Status.COMPLETED, List.of(point), Map.of(2, at, 3, at), Map.of(), COST);
    return new Completed<>(outcome, "here", 2);
  }

  @Test
  void readsBackEveryBitAndDeletesAllOfIt() {
    Completed<TrunkOutcome> ran = ran();
    kept().write(ran);
    Completed<TrunkOutcome> read = kept().read(TRUNK).orElseThrow();
    assertThat(read)
        .usingRecursiveComparison()
        .withComparatorForType(Double::compare, Double.class)
        .withComparatorForType(Float::compare, Float.class)
        .isEqualTo(ran);
    Trunk fewer = new Trunk(0.1, 7, List.of(3), TRUNK.rules());
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
  private Completed<TrunkOutcome> ranInSlices() throws IOException {
    HostMatrix half = new HostMatrix.Floats(2, 1, new float[] {1, 2});
    MatrixSource[] stored = new MatrixSource[2];
    for (int i = 0; i < stored.length; i++) {
      String block = kept().snapshots(TRUNK) + "/" + i;
      for (String slice : new String[] {"slice-00000", "slice-00001"}) {
        SealedFile.write(files, new org.apache.hadoop.fs.Path(block, slice), half);
      }
      stored[i] = new StoredBlock(block, 2, 4, 1);
    }
    return ran(new Checkpoint(12, 0.96, stored[0], new TrackedSpace(stored[1], 0, 40), COST));
  }

  @Test
  void keepsTheVectorsOfATrunkAsLongAsTheTrunk() throws IOException {
    Completed<TrunkOutcome> ran = ranInSlices();
    kept().write(ran);
    assertThat(kept().read(TRUNK).orElseThrow().outcome().switches())
        .isEqualTo(ran.outcome().switches());
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
    assertThat(kept().read(new Trunk(0.1, 7, List.of(2, 4), TRUNK.rules()))).isEmpty();
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
    Completed<TrunkOutcome> ran = ran();
    TrunkOutcome foreign =
        new TrunkOutcome(
            TRUNK,
            Status.COMPLETED,
            new java.util.concurrent.CopyOnWriteArrayList<>(),
            Map.of(),
            Map.of(),
            ran.outcome().cost());
    KeptTrunk.Build build = new KeptTrunk.Build("1", null);
    SealedFile.write(files, path, new KeptTrunk(build, new Completed<>(foreign, "here", 1)));
    assertThatThrownBy(() -> SealedFile.read(files, path, KeptTrunk.class))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void aTrunkThatCannotBeWrittenIsNoFailure() throws IOException {
    Files.writeString(folder.resolve("trunks"), "a file where the folder should be");
    kept().write(ran());
    assertThat(kept().read(TRUNK)).isEmpty();
  }
}
