package org.eigensweep.array.cuda;

import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eigensweep.array.cuda.Libraries.Found;

/**
 * The libraries of CUDA that this process has bound, of which there is one set at a time.
 *
 * @param version CUDA's version for which the driver is, 1000 · major + 10 · minor
 * @param compiler whether NVRTC is there
 */
record Toolkit(int version, boolean compiler) {
  private static final int NEWEST = 13;
  private static final int OLDEST = 11;

  /** A card's context is made once a process and never given back: other devices may be in it. */
  private static final Map<Integer, Long> CONTEXTS = new ConcurrentHashMap<>();

  /**
   * Finds and binds them.
   *
   * @throws CudaException if there is no driver or no cuBLAS that fits it
   */
  static synchronized Toolkit bind(Libraries libraries) {
    Found driver =
        libraries
            .load(List.of("libcuda.so.1"))
            .orElseThrow(
                () -> new CudaException("no libcuda.so.1 is found: needed is NVIDIA's driver"));
    bind(driver, Driver::bind);
    int started = Driver.cuInit(0);
    if (started != 0) {
      throw new CudaException(
          "NVIDIA's driver finds no card that it can use: " + Driver.name(started));
    }
    int[] version = new int[1];
    Driver.check(Driver.cuDriverGetVersion(version), "asking for the driver's version");
    requireVersion(version[0]);
    bind(blas(libraries, version[0] / 1000), Blas::bind);
    var compiler =
        libraries.load(names(version[0] / 1000, Toolkit::compilerName), "libnvrtc-builtins.so.*");
    compiler.ifPresent(found -> bind(found, Nvrtc::bind));
    return new Toolkit(version[0], compiler.isPresent());
  }

  private static void requireVersion(int version) {
    if (version < OLDEST * 1000) {
      throw new CudaException(
          "NVIDIA's driver is for CUDA %d.%d, needed is one for CUDA %d or later"
              .formatted(version / 1000, version % 1000 / 10, OLDEST));
    }
  }

  private static void bind(Found found, Consumer<NativeLibrary> binding) {
    try {
      binding.accept(found.library());
    } catch (UnsatisfiedLinkError e) {
      throw new CudaException("%s lacks a function: %s".formatted(found.name(), e.getMessage()));
    }
  }

  /** The cuBLAS of the newest major that the driver serves. */
  private static Found blas(Libraries libraries, int major) {
    List<String> fitting = names(major, one -> "libcublas.so." + one);
    return libraries
        .load(fitting, "libcublasLt.so.*")
        .orElseThrow(
            () -> new CudaException(missingBlas(libraries, major, String.join(" or ", fitting))));
  }

  private static String missingBlas(Libraries libraries, int major, String needed) {
    List<String> all = names(NEWEST, one -> "libcublas.so." + one);
    String found =
        libraries.load(all).map(one -> one.name() + " is found").orElse("no cuBLAS is found");
    return "%s: needed for a driver for CUDA %d is %s".formatted(found, major, needed);
  }

  private static List<String> names(int newest, IntFunction<String> name) {
    int first = Math.min(newest, NEWEST);
    return IntStream.rangeClosed(0, first - OLDEST).mapToObj(i -> name.apply(first - i)).toList();
  }

  private static String compilerName(int major) {
    return "libnvrtc.so." + (major == 11 ? "11.2" : major);
  }

  /** All cards that the driver shows. */
  List<Card> cards() {
    return IntStream.range(0, Driver.count()).mapToObj(Driver::card).toList();
  }

  /**
   * One card.
   *
   * @throws CudaException if it is not there or too old
   */
  Card card(int ordinal) {
    int count = Driver.count();
    if (ordinal < 0 || ordinal >= count) {
      throw new CudaException(
          "card %d was asked for, the driver shows %d, numbered from 0".formatted(ordinal, count));
    }
    Card card = Driver.card(ordinal);
    card.requireServed();
    return card;
  }

  /** The context of a card, the one that all libraries of a process share. */
  static long context(Card card) {
    return CONTEXTS.computeIfAbsent(
        card.ordinal(),
        ordinal -> {
          int[] device = new int[1];
          Driver.check(Driver.cuDeviceGet(device, ordinal), "asking for %s".formatted(card));
          long[] context = new long[1];
          Driver.check(
              Driver.cuDevicePrimaryCtxRetain(context, device[0]), "opening %s".formatted(card));
          return context[0];
        });
  }
}
