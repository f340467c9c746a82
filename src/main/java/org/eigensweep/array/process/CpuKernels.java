package org.eigensweep.array.process;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names OpenBLAS's kernels by what the processor can do. The OpenBLAS that ND4J ships (0.3.19)
 * knows processors by model number, and falls back to SSE3 kernels on every model younger than
 * itself: a quarter of the speed on Sapphire Rapids and later. The choice is read from the
 * environment when the library is loaded, so it has to be made before ND4J is touched.
 */
public final class CpuKernels {
  private static final Logger LOG = LoggerFactory.getLogger(CpuKernels.class);
  private static final String VARIABLE = "OPENBLAS_CORETYPE";

  /** The C library's environment, which OpenBLAS reads; Java's own copy is read-only. */
  private interface CLibrary extends Library {
    int setenv(String name, String value, int overwrite);
  }

  private CpuKernels() {}

  /** Chooses kernels unless the user has; on a system without /proc/cpuinfo, leaves the choice. */
  public static void choose() {
    if (System.getenv(VARIABLE) != null) {
      return;
    }
    try {
      Optional<String> core = coreFor(flags(Path.of("/proc/cpuinfo")));
      if (core.isPresent()) {
        Native.loadLibrary("c", CLibrary.class).setenv(VARIABLE, core.get(), 1);
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.info("OpenBLAS chooses its own kernels: {}", e.toString());
    }
  }

  /** The youngest kernel family of OpenBLAS 0.3.19 whose instructions are all there. */
  static Optional<String> coreFor(Set<String> flags) {
    if (flags.containsAll(Set.of("avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"))) {
      return Optional.of("SkylakeX");
    }
    if (flags.containsAll(Set.of("avx2", "fma"))) {
      return Optional.of("Haswell");
    }
    return Optional.empty();
  }

  private static Set<String> flags(Path cpuinfo) throws IOException {
    if (!Files.exists(cpuinfo)) {
      return Set.of();
    }
    try (var lines = Files.lines(cpuinfo)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim().split("\\s+"))
          .map(words -> Arrays.stream(words).collect(Collectors.toSet()))
          .orElse(Set.of());
    }
  }
}
