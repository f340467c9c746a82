package org.eigensweep.spark.sliced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.spark.task.DeviceChoice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks in slices against blocks in one piece. */
class SlicedDeviceTest {
  private static final int N = 211;
  private static final int SLICES = 3;

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  private final Random random = new Random(1);
  private SlicedDevice sliced;
  private Scope there;
  private Device local;
  private Scope here;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2,2]") // a task that fails once is tried again
                .setAppName("slices")
                .set("spark.ui.enabled", "false")
                .set("spark.serializer", JavaSerializer.class.getName()));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void open() {
    sliced = device(SLICES);
    there = sliced.open();
    local = Devices.processor().open(Precision.FLOAT64, 1);
    here = local.open();
  }

  @AfterEach
  void close() {
    there.close();
    sliced.close();
    here.close();
    local.close();
  }

  private SlicedDevice device(int slices) {
    return new SlicedDevice(
        spark, N, slices, Precision.FLOAT64, 1, DeviceChoice.AUTO, folder.toString());
  }

  private static FileSystem files() throws IOException {
    return FileSystem.getLocal(spark.hadoopConfiguration());
  }

  private HostMatrix random(int rows, int columns) {
    return new HostMatrix.Doubles(
        rows, columns, random.doubles((long) rows * columns, -1, 1).toArray());
  }

  private interface Operation {
    void on(Device device, Matrix x, Matrix y, Matrix small);
  }

  /** Runs an operation in slices and in one piece; y and the small matrix must agree. */
  private void compare(Operation operation) {
    HostMatrix x = random(N, 4);
    HostMatrix y = random(N, 4);
    HostMatrix small = random(4, 4);
    Matrix[] a = {there.copyOf(x), there.copyOf(y), there.copyOf(small)};
    Matrix[] b = {here.copyOf(x), here.copyOf(y), here.copyOf(small)};
    operation.on(sliced, a[0], a[1], a[2]);
    operation.on(local, b[0], b[1], b[2]);
    for (int i = 0; i < 3; i++) {
      // sums of 211 terms of size one, in another order
      assertThat(a[i].toDoubles()).containsExactly(b[i].toDoubles(), within(1e-13));
    }
  }

  @Test
  void multipliesAsOnePiece() {
    compare((device, x, y, small) -> device.gemm(NO, NO, 0.5, x, small, 2, y));
    compare((device, x, y, small) -> device.gemm(NO, NO, 1, x, small, 0, y));
    compare((device, x, y, small) -> device.gemm(NO, YES, -1, x, small, 1, y));
    compare((device, x, y, small) -> device.gemm(YES, NO, 1, x, y, 0, small));
    compare((device, x, y, small) -> device.gemm(YES, NO, 3, x, y, -1, small));
    compare((device, x, y, small) -> device.multiply(x, y, y));
    compare((device, x, y, small) -> device.multiply(-1, x, x.column(1), 2, y));
  }

  @Test
  void worksOnColumnsAsOnePiece() {
    compare((device, x, y, small) -> device.axpy(0.25, x.columns(1, 2), y.columns(2, 2)));
    compare(
        (device, x, y, small) ->
            device.multiply(0.5, x.columns(1, 2), x.columns(1, 2), -3, y.columns(2, 2)));
    compare((device, x, y, small) -> device.multiply(0.5, small, small.column(0), -3, small));
    compare(
        (device, x, y, small) -> {
          device.multiply(y, y, y); // roots are of no negative number
          device.divideByRoots(-2, x.column(0), y.column(2), 0.1, y.column(1));
        });
    compare((device, x, y, small) -> device.scale(-3, y.column(3)));
    compare((device, x, y, small) -> device.copy(x.columns(0, 3), y.columns(1, 3)));
    compare((device, x, y, small) -> device.fill(7, y.column(0)));
    compare((device, x, y, small) -> device.axpy(device.dot(x, y), x, y));
    compare((device, x, y, small) -> device.scale(1 / device.norm(x.column(2)), y));
    compare((device, x, y, small) -> small.column(1).write(device.dots(x, y)));
    compare((device, x, y, small) -> small.column(2).write(device.dots(x, y.column(1))));
    compare((device, x, y, small) -> small.column(0).write(device.norms(y)));
    compare((device, x, y, small) -> x.column(1).write(y.column(2).toDoubles()));
  }

  @Test
  void keepsSmallMatricesHere() {
    compare((device, x, y, small) -> device.scale(device.norm(small), small));
    Matrix tall = there.matrix(N, 1);
    Matrix small = there.matrix(N - 1, 1);
    assertThatThrownBy(() -> sliced.gemm(NO, NO, 1, small, there.matrix(1, 1), 0, tall))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "a product of a small 210 x 1 matrix and a small 1 x 1 matrix to a sliced 211 x 1"
                + " matrix, expected one of two sliced blocks or of one with a small matrix");
    assertThatThrownBy(() -> tall.view(0, 5, 1))
        .hasMessage(
            "a 5 x 1 view at element 0 of a sliced block, expected whole columns of 211 rows");
  }

  @Test
  void refusesMatricesOfAClosedScope() {
    Scope closed = sliced.open();
    Matrix matrix = closed.matrix(N, 2);
    closed.close();
    assertThatThrownBy(() -> sliced.scale(1, matrix))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a 211 x 2 matrix was used after its scope had closed");
  }

  private static double value(int i) {
    return i < 3 ? 10 - 2 * i : 1.0 / (1 + i);
  }

  /** A diagonal operator, each partition of which multiplies every third row. */
  private record Diagonal(SlicedDevice device, Collectives<Integer> collectives)
      implements LinearOperator {
    @Override
    public int size() {
      return N;
    }

    @Override
    public void apply(Matrix x, Matrix y) {
      collectives.sumGathered(
          x,
          (partition, block) -> {
            failOnce(partition);
            double[] values = ((HostMatrix.Doubles) block).values().clone();
            for (int i = 0; i < values.length; i++) {
              values[i] *= i % N % SLICES == partition ? 2 * value(i % N) : 0;
            }
            return new PartitionResult<>(
                new HostMatrix.Doubles(N, block.columns(), values), partition);
          },
          0.5,
          y);
    }

    private static void failOnce(int partition) {
      TaskContext task = TaskContext.get();
      if (partition == 1 && task.attemptNumber() == 0) {
        throw new IllegalStateException("a task that fails at first");
      }
    }
  }

  private Collectives<Integer> collectives() {
    return new Collectives<>(
        sliced, spark.parallelize(IntStream.range(0, SLICES).boxed().toList(), SLICES));
  }

  /** The eigenvalues are known; one task of every product fails once and is tried again. */
  @Test
  void carriesAnEigensolver() {
    SolverSettings settings = new SolverSettings(3, 1e-8, Which.LARGEST, 500);
    Eigenspace found =
        new ThickRestartLanczos(settings, new SplittableRandom(1))
            .solve(new Diagonal(sliced, collectives()), there);
    assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
    assertThat(found.values()).containsExactly(new double[] {10, 8, 6}, within(1e-10));
    double[] vectors = found.vectors().toDoubles();
    for (int j = 0; j < 3; j++) {
      // a residual of 1e-8 of λ₁ = 10 at a gap of two
      assertThat(Math.abs(vectors[j * N + j])).isCloseTo(1, within(1e-12));
    }
  }

  @Test
  void hasTheSameBitsAsAnotherTime() {
    double[][] found = new double[2][];
    for (int time = 0; time < 2; time++) {
      SolverSettings settings = new SolverSettings(3, 1e-6, Which.LARGEST, 500);
      found[time] =
          new ThickRestartLanczos(settings, new SplittableRandom(1))
              .solve(new Diagonal(sliced, collectives()), there)
              .vectors()
              .toDoubles();
    }
    assertThat(found[1]).containsExactly(found[0]);
  }

  @Test
  void returnsRepliesInTheOrderOfThePartitions() {
    Matrix block = there.copyOf(random(N, 2));
    List<Double> sums =
        collectives()
            .mapGathered(
                block,
                (partition, whole) ->
                    new PartitionResult<>(
                        null,
                        partition + Arrays.stream(((HostMatrix.Doubles) whole).values()).sum()));
    double sum = Arrays.stream(block.toDoubles()).sum();
    assertThat(sums).containsExactly(sum, sum + 1, sum + 2);
  }

  @Test
  void countsWhatIsExchanged() {
    Collectives<Integer> collectives = collectives();
    Matrix block = there.copyOf(random(N, 2));
    collectives.sumGathered(
        block, (partition, whole) -> new PartitionResult<>(whole, partition), 1, block);
    long bytes = 2L * N * 8;
    // every partition takes and gives all; of three executors each lacks two thirds, twice
    assertThat(collectives.traffic())
        .isEqualTo(new CollectiveTraffic(2, 3 * bytes, 3 * bytes, 2 * 2 * bytes));
    collectives.mapGathered(block, (partition, whole) -> new PartitionResult<>(null, partition));
    assertThat(collectives.traffic())
        .isEqualTo(new CollectiveTraffic(4, 6 * bytes, 3 * bytes, 3 * 2 * bytes))
        .hasToString("4 vectors: 0.0 MB gathered, 0.0 MB scattered, at least 0.0 MB in all");
  }

  /** A source knows nothing of slices, and slices read their own rows of it. */
  private record Ramp(int rows, int columns) implements MatrixSource {
    @Override
    public HostMatrix rows(int from, int to) {
      assertThat(to - from).as("no process takes more than it holds").isLessThan(rows);
      double[] values = new double[(to - from) * columns];
      Arrays.setAll(values, i -> from + i % (to - from) + 1000 * (i / (to - from)));
      return new HostMatrix.Doubles(to - from, columns, values);
    }
  }

  @Test
  void takesFromASourceWhereTheSlicesAre() {
    double[] expected = new double[2 * N];
    Arrays.setAll(expected, i -> i % N + 1000 * (i / N));
    assertThat(there.copyOf(new Ramp(N, 2)).toDoubles()).containsExactly(expected);
    assertThatThrownBy(() -> there.matrix(N, 1).write(new Ramp(N, 2)))
        .hasMessage("422 values do not fill a 211 x 1 matrix");
  }

  @Test
  void leavesSnapshotsToOtherDevices() throws Exception {
    HostMatrix values = random(N, 3);
    Matrix block = there.copyOf(values);
    MatrixSource whole = block.snapshot();
    MatrixSource part = block.columns(1, 2).snapshot();
    sliced.fill(0, block);
    try (SlicedDevice four = device(4);
        Scope scope = four.open()) {
      assertThat(scope.copyOf(whole).toDoubles()).containsExactly(values.toDoubles());
    }
    assertThat(here.copyOf(part).toDoubles())
        .containsExactly(Arrays.copyOfRange(values.toDoubles(), N, 3 * N));
    assertThat(whole.rows(60, 150).toDoubles()).containsExactly(values.rows(60, 150).toDoubles());
    ((StoredBlock) whole).check(files());
  }

  @Test
  void refusesSnapshotsThatAreNotWhole() throws Exception {
    StoredBlock stored = (StoredBlock) there.copyOf(random(N, 1)).snapshot();
    Path slice = Path.of(stored.folder()).resolve("slice-00001");
    byte[] bytes = Files.readAllBytes(slice);
    bytes[bytes.length / 2] ^= 1;
    Files.write(slice, bytes);
    Files.delete(slice.resolveSibling(".slice-00001.crc")); // Hadoop's own sums come before ours
    String wrong = slice + " (its SHA-256 is wrong)";
    assertThatThrownBy(() -> stored.check(files()))
        .isInstanceOf(IOException.class)
        .hasMessage(slice + ": its SHA-256 is wrong");
    Matrix to = there.matrix(N, 1);
    to.write(stored);
    // a program that fails ends with its own reason, though Spark asks for it twice
    assertThatThrownBy(to::toDoubles).hasMessageContaining("cannot read " + wrong);
  }

  @Test
  void saysWhereASnapshotCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("file"), "not a folder");
    String below = folder.resolve("file").toString();
    try (SlicedDevice device =
            new SlicedDevice(spark, N, 2, Precision.FLOAT64, 1, DeviceChoice.AUTO, below);
        Scope scope = device.open()) {
      Matrix block = scope.zeros(N, 1);
      assertThatThrownBy(block::snapshot).hasMessageContaining("cannot write " + below);
      assertThat(device.norm(block)).as("nothing is lost").isZero();
    }
  }
}
