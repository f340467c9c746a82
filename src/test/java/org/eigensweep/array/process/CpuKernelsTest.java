package org.eigensweep.array.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CpuKernelsTest {
  @Test
  void takesTheYoungestFamilyWhoseInstructionsAreAllThere() {
    assertThat(
            CpuKernels.coreFor(
                Set.of(
                    "avx2",
                    "fma",
                    "avx512f",
                    "avx512dq",
                    "avx512bw",
                    "avx512vl",
                    "avx512cd",
                    "amx_tile")))
        .contains("SkylakeX");
    assertThat(CpuKernels.coreFor(Set.of("avx2", "fma", "avx512f"))).contains("Haswell");
    assertThat(CpuKernels.coreFor(Set.of("sse4_2", "avx"))).isEmpty();
  }
}
