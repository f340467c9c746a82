package org.eigensweep.array.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import org.eigensweep.array.Precision;
import org.eigensweep.array.cuda.Libraries.Found;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels by the real compiler, where it is; it needs no card. */
class NvrtcTest {
  private boolean newest;

  @BeforeEach
  void bind() {
    Optional<Found> compiler = PtxCompiler.nvrtc();
    assumeTrue(compiler.isPresent(), "no NVRTC on this machine");
    Nvrtc.bind(compiler.orElseThrow().library());
    newest = compiler.orElseThrow().name().endsWith("13");
  }

  @AfterEach
  void bindThePretendedOne() {
    FakeCard.bind();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sm_75", "sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_103", "sm_120"})
  void compilesTheKernels(String architecture) {
    assumeTrue(newest || architecture.length() < 6, "an NVRTC that does not know " + architecture);
    for (Precision precision : Precision.values()) {
      List<String> options = Cubins.options(architecture, precision);
      byte[] cubin = Nvrtc.compile(Cubins.source(), "kernels.cu", options);
      assertThat(cubin).startsWith(0x7f, 'E', 'L', 'F');
    }
  }

  @Test
  void saysInOneLineWhatIsWrong() {
    List<String> options = Cubins.options("sm_80", Precision.FLOAT32);
    assertThatThrownBy(() -> Nvrtc.compile("one", "one.cu", options))
        .isInstanceOf(CudaException.class)
        .hasMessageStartingWith(
            "NVRTC does not compile one.cu with --gpu-architecture=sm_80 -DREAL=float: one.cu(1):"
                + " error: ")
        .message()
        .doesNotContain("\n");
  }
}
