package org.eigensweep.array.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import com.sun.jna.StringArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eigensweep.array.Precision;
import org.eigensweep.array.cuda.Libraries.Found;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels that travel along for drivers to compile. */
class PortableKernelsTest {
  private static final Pattern RELEASE = Pattern.compile("(?m)^// Cuda compilation tools, .*$");

  /** {@code src/test/gpu/ptx} makes them anew. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void areMadeOfTheSourceAsItStands(Precision precision) {
    assertThat(text(precision))
        .startsWith(PortableKernels.header(Cubins.source(), precision))
        .contains("\n.version 6.4\n.target sm_75\n");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void areWhatTheCompilerMakesOfIt(Precision precision) {
    Optional<Found> compiler = PtxCompiler.nvrtc();
    assumeTrue(compiler.isPresent(), "no NVRTC on this machine");
    String made = PtxCompiler.compile(compiler.orElseThrow(), precision);
    assumeTrue(release(made).equals(release(text(precision))), "another release of NVRTC");
    assertThat(made).isEqualTo(text(precision));
  }

  private static String release(String ptx) {
    Matcher release = RELEASE.matcher(ptx);
    return release.find() ? release.group() : "none";
  }

  private static String text(Precision precision) {
    byte[] code = PortableKernels.load(precision);
    assertThat(code).endsWith(0);
    return new String(code, 0, code.length - 1, StandardCharsets.UTF_8);
  }

  /** NVIDIA's linker has the compiler of the driver in it, and needs no card. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, sm_75",
    "FLOAT64, sm_75",
    "FLOAT32, sm_90",
    "FLOAT64, sm_90",
    "FLOAT64, sm_120"
  })
  void becomeMachineCode(Precision precision, String architecture) {
    Optional<Found> linker = PtxCompiler.find(List.of("libnvJitLink.so.13"), "");
    assumeTrue(linker.isPresent(), "no linker of NVIDIA's on this machine");
    byte[] cubin = link(linker.orElseThrow().library(), architecture, precision);
    assertThat(cubin).startsWith(0x7f, 'E', 'L', 'F');
    assertThat(new String(cubin, StandardCharsets.ISO_8859_1)).contains(".text.add_scattered");
  }

  private static byte[] link(NativeLibrary library, String architecture, Precision precision) {
    int ptx = 2; // NVJITLINK_INPUT_PTX
    byte[] code = PortableKernels.load(precision);
    long[] handle = new long[1];
    StringArray options = new StringArray(new String[] {"-arch=" + architecture});
    call(library, "nvJitLinkCreate", handle, 1, options);
    call(library, "nvJitLinkAddData", handle[0], ptx, code, (long) code.length, "kernels");
    call(library, "nvJitLinkComplete", handle[0]);
    long[] size = new long[1];
    call(library, "nvJitLinkGetLinkedCubinSize", handle[0], size);
    byte[] cubin = new byte[Math.toIntExact(size[0])];
    call(library, "nvJitLinkGetLinkedCubin", handle[0], cubin);
    call(library, "nvJitLinkDestroy", new Object[] {handle});
    return cubin;
  }

  private static void call(NativeLibrary library, String function, Object... arguments) {
    // each version has functions of its own
    assertThat(library.getFunction("__" + function + "_13_0").invokeInt(arguments))
        .as(function)
        .isZero();
  }
}
