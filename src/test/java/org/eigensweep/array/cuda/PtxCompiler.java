package org.eigensweep.array.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.eigensweep.array.Precision;
import org.eigensweep.array.cuda.Libraries.Found;

/** Makes the kernels that travel along, with the real compiler. */
final class PtxCompiler {
  private final NativeLibrary nvrtc;

  private PtxCompiler(NativeLibrary nvrtc) {
    this.nvrtc = nvrtc;
  }

  /**
   * NVRTC, where it is on this machine; without what the system's loader names, which may be the
   * pretended one once it is loaded.
   */
  static Optional<Found> nvrtc() {
    return find(List.of("libnvrtc.so.13", "libnvrtc.so.12"), "libnvrtc-builtins.so.*");
  }

  /** A library of CUDA, where it is on this machine. */
  static Optional<Found> find(List<String> names, String part) {
    List<Path> folders = new ArrayList<>(Libraries.ofMachine().folders());
    folders.remove(Libraries.LOADER);
    return new Libraries(folders).load(names, part);
  }

  /** The kernels in portable code, as they travel along. */
  static String compile(Found compiler, Precision precision) {
    return new PtxCompiler(compiler.library()).compile(Cubins.source(), precision);
  }

  private String compile(String source, Precision precision) {
    long[] program = new long[1];
    call("nvrtcCreateProgram", program, source, "kernels.cu", 0, null, null);
    List<String> options = Cubins.options(PortableKernels.ARCHITECTURE, precision);
    StringArray texts = new StringArray(options.toArray(String[]::new));
    call("nvrtcCompileProgram", program[0], options.size(), texts);
    long[] size = new long[1];
    call("nvrtcGetPTXSize", program[0], size);
    byte[] ptx = new byte[Math.toIntExact(size[0])];
    call("nvrtcGetPTX", program[0], ptx);
    call("nvrtcDestroyProgram", new Object[] {program});
    String text = new String(ptx, 0, ptx.length - 1, StandardCharsets.UTF_8);
    return PortableKernels.header(source, precision)
        + text.replaceFirst("(?m)^\\.version .*$", PortableKernels.VERSION);
  }

  private void call(String function, Object... arguments) {
    assertThat(nvrtc.getFunction(function).invokeInt(arguments)).as(function).isZero();
  }

  /** Writes them to a folder. */
  public static void main(String[] arguments) throws IOException {
    Found compiler = nvrtc().orElseThrow(() -> new IllegalStateException("no NVRTC is found"));
    for (Precision precision : Precision.values()) {
      Path file = Path.of(arguments[0], PortableKernels.file(precision));
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
        out.write(compile(compiler, precision).getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
