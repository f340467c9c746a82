package org.eigensweep.array.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CUDA's compiler at run time. */
final class Nvrtc {
  private Nvrtc() {}

  static void bind(NativeLibrary library) {
    Native.register(Nvrtc.class, library);
  }

  private static native int nvrtcCreateProgram(
      long[] program, String source, String name, int headers, long texts, long names);

  private static native int nvrtcCompileProgram(long program, int count, StringArray options);

  private static native int nvrtcGetProgramLogSize(long program, long[] size);

  private static native int nvrtcGetProgramLog(long program, byte[] log);

  private static native int nvrtcGetCUBINSize(long program, long[] size);

  private static native int nvrtcGetCUBIN(long program, byte[] cubin);

  private static native int nvrtcDestroyProgram(long[] program);

  /**
   * Machine code of a source.
   *
   * @param name of the source, for messages
   * @param options of the compiler; one names the architecture
   */
  static byte[] compile(String source, String name, List<String> options) {
    long[] program = new long[1];
    check(nvrtcCreateProgram(program, source, name, 0, 0, 0), "a program");
    try {
      StringArray texts = new StringArray(options.toArray(String[]::new));
      if (nvrtcCompileProgram(program[0], options.size(), texts) != 0) {
        throw new CudaException(
            "NVRTC does not compile %s with %s: %s"
                .formatted(name, String.join(" ", options), log(program[0])));
      }
      long[] size = new long[1];
      check(nvrtcGetCUBINSize(program[0], size), "the size of machine code");
      byte[] cubin = new byte[Math.toIntExact(size[0])];
      check(nvrtcGetCUBIN(program[0], cubin), "machine code");
      return cubin;
    } finally {
      nvrtcDestroyProgram(program);
    }
  }

  /** What the compiler said, in one line. */
  private static String log(long program) {
    long[] size = new long[1];
    check(nvrtcGetProgramLogSize(program, size), "the size of a log");
    byte[] log = new byte[Math.toIntExact(size[0])];
    check(nvrtcGetProgramLog(program, log), "a log");
    String text = new String(log, 0, Math.max(0, log.length - 1), StandardCharsets.UTF_8);
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static void check(int result, String what) {
    if (result != 0) {
      throw new CudaException("NVRTC gives no %s: result %d".formatted(what, result));
    }
  }
}
