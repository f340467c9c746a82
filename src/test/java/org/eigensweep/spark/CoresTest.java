package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {
  @Test
  void oneTrunkUsesAllCoresOfALaptopAndItsBranchesShareThem() {
    assertThat(Cores.local(8, 1, 1, 3)).isEqualTo(new Cores(8, 2, 1));
    assertThat(Cores.local(2, 1, 1, 3)).isEqualTo(new Cores(2, 1, 1));
    assertThat(Cores.local(2, 1, 1, 1)).isEqualTo(new Cores(2, 2, 1));
  }

  @Test
  void aWideSweepUsesACoreATask() {
    assertThat(Cores.local(8, 1, 2, 3)).isEqualTo(new Cores(4, 1, 2));
    assertThat(Cores.local(2, 1, 30, 3)).isEqualTo(new Cores(1, 1, 2));
  }

  @Test
  void aClusterGivesATaskTheCoresThatItReserves() {
    assertThat(Cores.cluster(2, 4, 300)).isEqualTo(new Cores(4, 4, 64));
    assertThat(Cores.cluster(128, 1, 300)).isEqualTo(new Cores(1, 1, 128));
    assertThat(Cores.cluster(128, 1, 3)).isEqualTo(new Cores(1, 1, 3));
  }
}
