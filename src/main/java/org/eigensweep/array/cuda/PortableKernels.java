package org.eigensweep.array.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.eigensweep.array.Precision;

/**
 * The kernels in PTX, NVIDIA's code for no card in particular, for nodes without a compiler: the
 * driver makes machine code of it. Its version is the oldest that knows the oldest card that is
 * served, since a driver refuses what is younger than itself. It is made from the source by {@code
 * src/test/gpu/ptx}, and names the source of which it was made.
 */
final class PortableKernels {
  /** The oldest card that is served. */
  static final String ARCHITECTURE = "compute_75";

  /** Knows that card, and is read by every driver that does. */
  static final String VERSION = ".version 6.4";

  private PortableKernels() {}

  /** The name of the resource that has them. */
  static String file(Precision precision) {
    return "kernels-%s.ptx.gz".formatted(precision.name().toLowerCase(Locale.ROOT));
  }

  /** The first line of the code, which names the source and how it was compiled. */
  static String header(String source, Precision precision) {
    List<String> options = Cubins.options(ARCHITECTURE, precision);
    String hash = HexFormat.of().formatHex(CubinCache.hash(List.of(source)));
    return "// kernels.cu %s %s\n".formatted(hash, String.join(" ", options));
  }

  /** The code, with the zero at its end by which a driver knows where it ends. */
  static byte[] load(Precision precision) {
    try (InputStream in = PortableKernels.class.getResourceAsStream(file(precision));
        GZIPInputStream text = new GZIPInputStream(in)) {
      byte[] all = text.readAllBytes();
      return Arrays.copyOf(all, all.length + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
