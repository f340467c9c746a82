package org.eigensweep.array.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said where something is missing on the way to a card. */
class CudaTest {
  private static final long MEMORY = 4L << 30;

  @TempDir Path folder;

  /** A folder with some of the pretended libraries, under names of choice. */
  private Libraries libraries(String... names) throws IOException {
    for (String name : names) {
      Files.createSymbolicLink(
          folder.resolve(name), FakeCard.folder().resolve("libcuda.so.1").toRealPath());
    }
    return new Libraries(List.of(folder));
  }

  private static void refuses(Libraries libraries, String message) {
    assertThatThrownBy(() -> Toolkit.bind(libraries))
        .isInstanceOf(CudaException.class)
        .hasMessage(message);
  }

  @Test
  void needsADriver() throws IOException {
    refuses(libraries(), "no libcuda.so.1 is found: needed is NVIDIA's driver");
  }

  /** JNA remembers a library by its last name. */
  @Test
  void aLibraryOfAFolderIsNotTheLoaders() {
    FakeCard.toolkit();
    Libraries loader = new Libraries(List.of(Libraries.LOADER));
    assertThat(loader.load(List.of("libcuda.so.1")).stream())
        .noneMatch(found -> found.library().getFile().toPath().startsWith(FakeCard.folder()));
  }

  @Test
  void needsACard() throws IOException {
    Libraries driver = libraries("libcuda.so.1");
    FakeCard.with(
        0,
        13000,
        80,
        MEMORY,
        () ->
            refuses(driver, "NVIDIA's driver finds no card that it can use: CUDA_ERROR_NO_DEVICE"));
  }

  @Test
  void needsADriverOfThisDecade() throws IOException {
    Libraries driver = libraries("libcuda.so.1");
    FakeCard.with(
        1,
        10020,
        80,
        MEMORY,
        () ->
            refuses(
                driver, "NVIDIA's driver is for CUDA 10.2, needed is one for CUDA 11 or later"));
  }

  @Test
  void needsTheCublasOfTheDriver() throws IOException {
    refuses(
        libraries("libcuda.so.1"),
        "no cuBLAS is found: needed for a driver for CUDA 13 is libcublas.so.13 or"
            + " libcublas.so.12 or libcublas.so.11");
  }

  @Test
  void namesACublasThatTheDriverDoesNotServe() throws IOException {
    Libraries newer = libraries("libcuda.so.1", "libcublas.so.13");
    FakeCard.with(
        1,
        12040,
        80,
        MEMORY,
        () ->
            refuses(
                newer,
                "libcublas.so.13 is found: needed for a driver for CUDA 12 is libcublas.so.12 or"
                    + " libcublas.so.11"));
  }

  @Test
  void namesALibraryThatLacksAFunction() throws IOException {
    Libraries driver = libraries("libcuda.so.1");
    Files.copy(
        Path.of(System.getProperty("java.home"), "lib", "libjava.so"),
        folder.resolve("libcublas.so.13"));
    assertThatThrownBy(() -> Toolkit.bind(driver))
        .isInstanceOf(CudaException.class)
        .hasMessageStartingWith("libcublas.so.13 lacks a function: ");
    FakeCard.bind(); // for those that come after
  }

  @Test
  void compilesOnceAndNeedsNoCompilerAfterwards() throws IOException {
    Toolkit none = Toolkit.bind(libraries("libcuda.so.1", "libcublas.so.12"));
    CubinCache cache = new CubinCache(folder.resolve("cache"));
    Card card = none.card(0);
    byte[] compiled = new Cubins(FakeCard.toolkit(), cache).load(card, Precision.FLOAT32);
    assertThat(new Cubins(none, cache).load(card, Precision.FLOAT32)).isEqualTo(compiled);
    assertThat(folder.resolve("cache").toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void leavesCompilingToTheDriverWhereThereIsNoCompiler(Precision precision) throws IOException {
    Toolkit none = Toolkit.bind(libraries("libcuda.so.1", "libcublas.so.12"));
    CubinCache cache = new CubinCache(folder.resolve("cache"));
    try (CudaDevice device = Cuda.open(none, cache, precision, 0);
        Scope scope = device.open()) {
      Matrix ones = scope.matrix(1000, 2);
      device.fill(1, ones);
      device.scale(3, ones);
      assertThat(ones.toDoubles()).containsOnly(3);
    }
    assertThat(folder.resolve("cache")).doesNotExist();
  }

  @Test
  void passesOnWhatTheCompilerSays() {
    Toolkit toolkit = FakeCard.toolkit();
    CubinCache cache = new CubinCache(folder.resolve("cache"));
    FakeCard.call("fake_break", 1);
    try {
      assertThatThrownBy(() -> Cuda.open(toolkit, cache, Precision.FLOAT64, 0))
          .isInstanceOf(CudaException.class)
          .hasMessage(
              "NVRTC does not compile kernels.cu with --gpu-architecture=sm_80 -DREAL=double:"
                  + " kernels.cu(1): error: of a test");
    } finally {
      FakeCard.call("fake_break", 0);
    }
  }

  @Test
  void compilesWithoutAPlaceToKeep() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CubinCache nowhere = new CubinCache(file.resolve("cache"));
    Cuda.open(FakeCard.toolkit(), nowhere, Precision.FLOAT32, 0).close();
    assertThat(file).isEmptyFile();
  }

  @Test
  void tellsWhatThereIs() {
    Toolkit toolkit = FakeCard.toolkit();
    Cuda.Found found = Cuda.found(toolkit);
    assertThat(found.serves()).isTrue();
    assertThat(found.cards()).containsExactly(new Card(0, "pretended card", 8, 0, MEMORY));
    String old = "card 0 (pretended card) has compute capability 7.0, needed is 7.5 or above";
    FakeCard.with(
        1,
        13000,
        70,
        MEMORY,
        () -> {
          assertThat(Cuda.found(toolkit).lack()).isEqualTo(old);
          assertThatThrownBy(() -> FakeCard.open(Precision.FLOAT32)).hasMessage(old);
        });
  }

  @Test
  void refusesACardThatIsNotThere() {
    Toolkit toolkit = FakeCard.toolkit();
    assertThatThrownBy(() -> Cuda.open(toolkit, FakeCard.cache(), Precision.FLOAT32, 1))
        .isInstanceOf(CudaException.class)
        .hasMessage("card 1 was asked for, the driver shows 1, numbered from 0");
  }

  @Test
  void saysWhatWouldMakeRoom() {
    FakeCard.toolkit();
    FakeCard.with(
        1,
        13000,
        80,
        64L << 20,
        () -> {
          try (Device device = FakeCard.open(Precision.FLOAT32);
              Scope scope = device.open()) {
            scope.matrix(1 << 20, 4);
            assertThatThrownBy(() -> scope.matrix(1 << 20, 16))
                .isInstanceOf(CudaException.class)
                .hasMessage(
                    "64.0 MiB were asked for on card 0 (pretended card, compute capability 8.0,"
                        + " 0.1 GiB), where 44.0 MiB are free and this device holds 16.0 MiB: lower"
                        + " curvature.chunk or curvature.keep, or let fewer trials share a card");
            scope.matrix(1 << 20, 4);
          }
        });
  }

  /** Nothing is left on a card that is too full to open a device on. */
  @Test
  void leavesNothingOnAFullCard() {
    FakeCard.toolkit();
    FakeCard.with(
        1,
        13000,
        80,
        (4L << 20) + 8,
        () -> {
          assertThatThrownBy(() -> FakeCard.open(Precision.FLOAT32))
              .isInstanceOf(CudaException.class)
              .hasMessageContaining("where 4.0 MiB are free and this device holds 0 bytes");
          assertThatThrownBy(() -> FakeCard.open(Precision.FLOAT32))
              .hasMessageContaining("where 4.0 MiB are free and this device holds 0 bytes");
        });
  }

  /** What waits for reuse gives way before anything is refused. */
  @Test
  void freesWhatWaitsBeforeItRefuses() {
    FakeCard.toolkit();
    FakeCard.with(
        1,
        13000,
        80,
        64L << 20,
        () -> {
          try (Device device = FakeCard.open(Precision.FLOAT32)) {
            try (Scope scope = device.open()) {
              scope.matrix(1 << 20, 10);
            }
            try (Scope scope = device.open()) {
              scope.matrix(1 << 20, 8);
              assertThat(device.bytes()).isEqualTo(32L << 20);
            }
          }
        });
  }
}
