package org.eigensweep.array.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** How the library is loaded, shared by threads, and freed. */
class OneDnnTest {
  private static final int COUNT = 20;
  private static final int OUTPUTS = 32;
  private static final Geometry SCAN = new Geometry(32, 16, 16, 3, 3, 1, 1, 1, 1, 16, 16);

  private final Numbers images = Numbers.random(COUNT * 32 * 16 * 16);
  private final Numbers weights = Numbers.random(OUTPUTS * 32 * 9);

  @Test
  void isLeftOutWhereItDoesNotLoad() {
    assertThat(
            Library.load(
                () -> {
                  throw new UnsatisfiedLinkError("no jnidnnl in java.library.path");
                }))
        .isEmpty();
    assertThat(
            Library.load(
                () -> {
                  throw new NoClassDefFoundError("org/bytedeco/dnnl/global/dnnl");
                }))
        .isEmpty();
    assertThat(Library.shared()).isPresent().isEqualTo(Library.shared());
  }

  @Test
  void givesTheSameBitsOnTwoThreadsAsOnOne() throws Exception {
    float[] alone = results();
    CyclicBarrier start = new CyclicBarrier(2);
    List<FutureTask<float[]>> both = new ArrayList<>();
    for (int thread = 0; thread < 2; thread++) {
      both.add(
          run(
              "together",
              () -> {
                start.await();
                return results();
              }));
    }
    for (FutureTask<float[]> one : both) {
      assertThat(one.get()).containsExactly(alone);
    }
  }

  /** What goes forward, and back to the images and the weights, several times. */
  private float[] results() {
    Numbers out = Numbers.of(0, COUNT * 16 * 16 * OUTPUTS);
    Numbers back = Numbers.of(0, images.count());
    Numbers gradient = Numbers.of(0, weights.count());
    try (OneDnn dnn = OneDnn.open().orElseThrow()) {
      Convolution convolution = new Convolution(dnn);
      for (int i = 0; i < 10; i++) {
        convolution.forward(
            SCAN, COUNT, OUTPUTS, images.address(), weights.address(), Onto.SUM, out.address());
        convolution.backData(
            SCAN, COUNT, OUTPUTS, out.address(), weights.address(), Onto.SUM, back.address());
        convolution.addBackWeights(
            SCAN, COUNT, OUTPUTS, back.address(), out.address(), gradient.address());
      }
    }
    return gradient.floats();
  }

  /** OpenMP's threads would bear the name of the one that started them. */
  @Test
  void computesOnTheCallingThreadAlone() throws Exception {
    Path threads = Path.of("/proc/self/task");
    assumeTrue(Files.exists(threads), "a system that lists its threads");
    FutureTask<Long> task =
        run(
            "calls-onednn",
            () -> {
              results();
              try (Stream<Path> all = Files.list(threads)) {
                return all.filter(OneDnnTest::isTheCaller).count();
              }
            });
    assertThat(task.get()).isEqualTo(1);
  }

  private static boolean isTheCaller(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).startsWith("calls-onednn");
    } catch (IOException gone) {
      return false;
    }
  }

  private static <T> FutureTask<T> run(String name, Callable<T> action) {
    FutureTask<T> task = new FutureTask<>(action);
    new Thread(task, name).start();
    return task;
  }

  /** A thread that has not called before takes over what another has compiled. */
  @Test
  void movesFromThreadToThread() throws Exception {
    try (OneDnn dnn = OneDnn.open().orElseThrow()) {
      float[] here = forward(dnn);
      assertThat(run("another", () -> forward(dnn)).get()).containsExactly(here);
      assertThat(forward(dnn)).containsExactly(here);
    }
  }

  @Test
  void refusesToComputeWhenClosed() {
    OneDnn dnn = OneDnn.open().orElseThrow();
    forward(dnn);
    assertThat(dnn.bytes()).isPositive();
    dnn.close();
    dnn.close();
    assertThat(dnn.bytes()).isZero();
    assertThatThrownBy(() -> forward(dnn))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("oneDNN was used after it had closed");
  }

  /** As a convolution that does not step is. */
  @Test
  void refusesWhatTheLibraryRefuses() {
    try (OneDnn dnn = OneDnn.open().orElseThrow()) {
      Geometry still = new Geometry(1, 2, 2, 1, 1, 0, 1, 0, 0, 1, 2);
      Convolution convolution = new Convolution(dnn);
      assertThatThrownBy(() -> convolution.forward(still, 1, 1, 0, 0, Onto.NOTHING, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("oneDNN refused ConvolutionKey[kind=FORWARD, scan=Geometry[");
    }
  }

  private float[] forward(OneDnn dnn) {
    Numbers out = Numbers.of(Float.NaN, COUNT * 16 * 16 * OUTPUTS);
    new Convolution(dnn)
        .forward(
            SCAN, COUNT, OUTPUTS, images.address(), weights.address(), Onto.NOTHING, out.address());
    return out.floats();
  }

  @Test
  void freesWhatWaitedLongestAndAllInTheEnd() {
    meetShapes(); // fills what the library keeps for itself
    long before = Pointer.physicalBytes();
    for (int i = 0; i < 3; i++) {
      meetShapes();
    }
    // kernels that were not freed were 36 MB a time, the virtual machine's own growth 9
    assertThat(Pointer.physicalBytes() - before).isLessThan(60_000_000);
  }

  private void meetShapes() {
    Numbers out = Numbers.of(0, COUNT * 16 * 16 * OUTPUTS);
    try (OneDnn dnn = new OneDnn(Library.shared().orElseThrow(), 4)) {
      Convolution convolution = new Convolution(dnn);
      for (int size = 3; size <= 16; size++) {
        for (int count = 1; count <= COUNT; count++) {
          Geometry scan = new Geometry(8, size, size, 3, 3, 1, 1, 1, 1, size, size);
          convolution.forward(
              scan, count, 8, images.address(), weights.address(), Onto.SUM, out.address());
          convolution.backData(
              scan, count, 8, out.address(), weights.address(), Onto.SUM, images.address());
        }
      }
    }
  }
}
