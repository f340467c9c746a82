package org.eigensweep.array.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eigensweep.array.Precision;

/**
 * A pretended card, for tests on machines without one: the card's own kernels compiled by g++, with
 * the driver, NVRTC and cuBLAS around them as far as they are used. It is built once a process.
 */
public final class FakeCard {
  private static final Pattern KERNEL = Pattern.compile("(?m)^(KERNEL|MAP)\\((\\w+)[,)]");
  private static final long MEMORY = 4L << 30;

  private static Path folder;
  private static Toolkit toolkit;

  private FakeCard() {}

  /** The folder of its libraries; a test that asks is skipped on a real card, and without a g++. */
  public static synchronized Path folder() {
    assumeTrue(isPretended(), "a test of the pretended card alone");
    if (folder == null) {
      assumeTrue(isOnPath("g++"), "no g++ on the path to build a pretended card with");
      try {
        folder = build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static Path build() throws IOException {
    Path made = Files.createTempDirectory("pretended-card");
    for (String name : List.of("card.cpp", "block.h", "kernels.cu")) {
      try (InputStream in = FakeCard.class.getResourceAsStream(name)) {
        Files.copy(in, made.resolve(name));
      }
    }
    Files.writeString(made.resolve("names.h"), names());
    run(
        made,
        "g++",
        "-std=c++17",
        "-O1",
        "-ffp-contract=off",
        "-shared",
        "-fPIC",
        "-o",
        "libcuda.so.1",
        "card.cpp");
    for (String other : List.of("libcublas.so.13", "libnvrtc.so.13")) {
      Files.createSymbolicLink(made.resolve(other), made.resolve("libcuda.so.1"));
    }
    try (Stream<Path> files = Files.list(made)) {
      files.forEach(file -> file.toFile().deleteOnExit());
    }
    return made;
  }

  /** The kernels' names, for the pretended driver to find them by. */
  private static String names() {
    return KERNEL
        .matcher(Cubins.source())
        .results()
        .map(FakeCard::name)
        .collect(Collectors.joining("\n"));
  }

  private static String name(MatchResult match) {
    return "NAME(%s%s)".formatted(match.group(1).equals("MAP") ? "map_" : "", match.group(2));
  }

  private static void run(Path where, String... command) throws IOException {
    Path log = where.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroy();
      throw new IllegalStateException(e);
    }
  }

  /** Its libraries, bound. */
  static synchronized Toolkit toolkit() {
    return toolkit == null ? bind() : toolkit;
  }

  /** Binds them again, after others. */
  static synchronized Toolkit bind() {
    toolkit = Toolkit.bind(new Libraries(List.of(folder())));
    return toolkit;
  }

  /** A cache of its own kernels. */
  static CubinCache cache() {
    return new CubinCache(folder().resolve("cache"));
  }

  /**
   * Opens a device on it, or on the machine's own card where the property {@code eigensweep.card}
   * is {@code real}; the caller closes it.
   */
  public static CudaDevice open(Precision precision) {
    return isPretended()
        ? Cuda.open(toolkit(), cache(), precision, 0)
        : CudaDevice.open(precision, 0);
  }

  private static boolean isPretended() {
    return System.getProperty("eigensweep.card", "pretended").equals("pretended");
  }

  /** Calls something while there are other cards, and puts the usual one back. */
  static void with(int cards, int version, int capability, long memory, Runnable action) {
    change(cards, version, capability, memory);
    try {
      action.run();
    } finally {
      change(1, 13000, 80, MEMORY);
    }
  }

  private static void change(int cards, int version, int capability, long memory) {
    call("fake_card", cards, version, capability, memory);
  }

  /** How often a device has waited for it since this was asked last. */
  static int waits() {
    return own("fake_waits").invokeInt(new Object[0]);
  }

  /** How many launches, products and copies were asked of it since this was asked last. */
  public static int asked() {
    return own("fake_asked").invokeInt(new Object[0]);
  }

  /** Calls a function of its own. */
  static void call(String function, Object... arguments) {
    own(function).invokeVoid(arguments);
  }

  private static Function own(String name) {
    Path library = folder().resolve("libcuda.so.1");
    return NativeLibrary.getInstance(library.toString()).getFunction(name);
  }
}
