package org.eigensweep.array.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigensweep.array.Precision;

/**
 * The kernels as machine code: compiled for the very card where they run, since a file that held it
 * for all cards would serve no later one.
 *
 * @param toolkit what compiles
 * @param cache what was compiled before
 */
record Cubins(Toolkit toolkit, CubinCache cache) {
  private static final String SOURCE = "kernels.cu";

  /**
   * The kernels for a card; where NVRTC is missing, those that the driver itself compiles.
   *
   * @throws CudaException if NVRTC refuses them
   */
  byte[] load(Card card, Precision precision) {
    String source = source();
    List<String> options = options(card.architecture(), precision);
    String all = String.join(" ", options);
    Path file = cache.file(List.of(source, all, Integer.toString(toolkit.version())));
    Optional<byte[]> kept = cache.read(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (!toolkit.compiler()) {
      return PortableKernels.load(precision);
    }
    byte[] cubin = Nvrtc.compile(source, SOURCE, options);
    cache.write(file, cubin);
    return cubin;
  }

  static List<String> options(String architecture, Precision precision) {
    String real =
        switch (precision) {
          case FLOAT32 -> "float";
          case FLOAT64 -> "double";
        };
    return List.of("--gpu-architecture=" + architecture, "-DREAL=" + real);
  }

  static String source() {
    try (InputStream in = Cubins.class.getResourceAsStream(SOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
