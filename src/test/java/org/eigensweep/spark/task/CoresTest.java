package org.eigensweep.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class CoresTest {
  @Test
  void aTaskHasTheThreadsThatItReservesHoweverManyCoresAreFree() {
    assertThat(Cores.threads(new SparkConf(false))).isEqualTo(1);
    assertThat(Cores.threads(new SparkConf(false).set("spark.task.cpus", "3"))).isEqualTo(3);
    assertThat(Cores.local(8, 1, 1)).isEqualTo(new Cores(1, 1, 8));
    assertThat(Cores.local(8, 1, 30)).isEqualTo(new Cores(1, 8, 8));
    assertThat(Cores.local(8, 4, 30)).isEqualTo(new Cores(4, 2, 2));
    assertThat(Cores.local(1, 2, 3)).as("Spark itself refuses this").isEqualTo(new Cores(2, 1, 1));
  }

  @Test
  void aClusterIsOfferedMoreTrunksThanItHasCores() {
    int all = Integer.MAX_VALUE;
    assertThat(Cores.cluster(2, 4, 300)).isEqualTo(new Cores(4, 64, all));
    assertThat(Cores.cluster(128, 1, 300)).isEqualTo(new Cores(1, 128, all));
    assertThat(Cores.cluster(128, 1, 3)).isEqualTo(new Cores(1, 3, all));
  }

  @Test
  void localCoresAreKnownBeforeSparkStarts() {
    assertThat(expected("local")).contains(new Cores(1, 1, 1));
    assertThat(expected("local[3]")).contains(new Cores(1, 3, 3));
    assertThat(expected("local[ 3 , 2 ]")).contains(new Cores(1, 3, 3));
    assertThat(expected("local[*]").orElseThrow().partsInFlight())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(expected("spark://host:7077")).isEmpty();
    assertThat(expected("local-cluster[2,1,1024]")).isEmpty();
    assertThat(
            Cores.expected(
                new SparkConf(false).set("spark.task.cpus", "2").set("spark.master", "local[4]"),
                9))
        .contains(new Cores(2, 2, 2));
  }

  private static Optional<Cores> expected(String master) {
    return Cores.expected(new SparkConf(false).set("spark.master", master), 9);
  }
}
