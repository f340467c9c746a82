package org.eigensweep.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.eigensweep.array.process.MemoryLimits;
import org.junit.jupiter.api.Test;

class MemoryRuleTest {
  private static final long MEBIBYTE = 1 << 20;

  private final SparkConf settings = new SparkConf(false);

  private MemoryRule executor() {
    return MemoryRule.of(settings, "1", 99 * MEBIBYTE);
  }

  private static MemoryRule mebibytes(long heap, long outside, long sparks) {
    return new MemoryRule(heap * MEBIBYTE, outside * MEBIBYTE, sparks * MEBIBYTE);
  }

  @Test
  void aStandaloneExecutorTakesItsHeapTwice() {
    settings.set("spark.master", "spark://host:7077");
    assertThat(executor()).isEqualTo(mebibytes(1024, 1024, 0)); // Spark's heap unless told
    settings.set("spark.executor.memory", "4g");
    assertThat(executor()).isEqualTo(mebibytes(4096, 4096, 0));
    assertThat(executor().limits()).isEqualTo(new MemoryLimits(4096 * MEBIBYTE, 8192 * MEBIBYTE));
  }

  @Test
  void aContainerHasWhatSparkAsksFor() {
    settings.set("spark.master", "yarn");
    assertThat(executor()).isEqualTo(mebibytes(1024, 384, 0)); // Spark's least
    settings.set("spark.executor.memory", "10g");
    assertThat(executor()).isEqualTo(mebibytes(10240, 1024, 0));
    settings.set("spark.executor.memoryOverheadFactor", "1.0");
    assertThat(executor()).isEqualTo(mebibytes(10240, 10240, 0));
    settings.set("spark.executor.memoryOverhead", "3000"); // MiB, and it wins
    assertThat(executor()).isEqualTo(mebibytes(10240, 3000, 0));
  }

  @Test
  void whatIsSetHoldsOnEveryMaster() {
    settings.set("spark.master", "spark://host:7077").set("spark.executor.memoryOverhead", "2g");
    assertThat(executor()).isEqualTo(mebibytes(1024, 2048, 0));
  }

  @Test
  void sparksOwnStorageIsNotForArrays() {
    settings
        .set("spark.master", "k8s://https://host")
        .set("spark.memory.offHeap.size", Long.toString(512 * MEBIBYTE));
    assertThat(executor()).isEqualTo(mebibytes(1024, 384, 0));
    settings.set("spark.memory.offHeap.enabled", "true");
    assertThat(executor().limits())
        .isEqualTo(new MemoryLimits(384 * MEBIBYTE, (1024 + 384 + 512) * MEBIBYTE));
  }

  @Test
  void aDriverThatNobodyCountsTakesFourTimesItsOwnHeap() {
    settings.set("spark.driver.memory", "64g"); // too late for a JVM that runs
    assertThat(driver()).isEqualTo(mebibytes(500, 1500, 0));
    settings.set("spark.master", "yarn");
    assertThat(driver()).isEqualTo(mebibytes(500, 1500, 0));
    settings.set("spark.submit.deployMode", "cluster");
    assertThat(driver()).isEqualTo(mebibytes(500, 384, 0));
    settings.set("spark.driver.memoryOverhead", "1g");
    assertThat(driver()).isEqualTo(mebibytes(500, 1024, 0));
  }

  private MemoryRule driver() {
    return MemoryRule.of(settings, "driver", 500 * MEBIBYTE);
  }

  @Test
  void saysWhatHolds() {
    MemoryLimits chosen = new MemoryLimits(100 * MEBIBYTE, 200 * MEBIBYTE);
    assertThat(mebibytes(1024, 896, 0).line("1", chosen, 2))
        .isEqualTo(
            "executor 1: heap 1024 MiB, native storage up to 100 MiB, process up to 200 MiB,"
                + " 2 threads a task");
    assertThat(driver().line("driver", driver().limits(), 1))
        .isEqualTo(
            "driver: heap 500 MiB, native storage up to 1500 MiB, process up to 2000 MiB,"
                + " 1 thread a task");
  }
}
