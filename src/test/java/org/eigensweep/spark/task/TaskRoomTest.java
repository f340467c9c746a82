package org.eigensweep.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TaskRoomTest {
  private static final long MIB = 1 << 20;

  @Test
  void tasksOfLocalModeShareWhatTheDriverMayTakeOutsideItsHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    TaskRoom room = TaskRoom.of(new SparkConf(false).set("spark.master", "local[4]"), 4);
    assertThat(room).isEqualTo(new TaskRoom(3 * heap, 4, "EIGENSWEEP_DRIVER_MEMORY", heap, 3));
  }

  @Test
  void tasksOfAnExecutorShareWhatItMayTakeOutsideItsHeap() {
    SparkConf settings =
        new SparkConf(false)
            .set("spark.master", "spark://host:7077")
            .set("spark.executor.memory", "4g")
            .set("spark.executor.cores", "8")
            .set("spark.task.cpus", "2");
    assertThat(TaskRoom.of(settings, 0))
        .isEqualTo(new TaskRoom(4096 * MIB, 4, "EIGENSWEEP_EXECUTOR_MEMORY", 4096 * MIB, 1));
    settings.set("spark.executor.memoryOverhead", "3000");
    assertThat(TaskRoom.of(settings, 0))
        .isEqualTo(new TaskRoom(3000 * MIB, 4, "spark.executor.memoryOverhead", 3000 * MIB, 1));
  }

  @Test
  void saysWhichSettingToChangeAndByHowMuch() {
    TaskRoom room = new TaskRoom(3000 * MIB, 4, "EIGENSWEEP_DRIVER_MEMORY", 1000 * MIB, 3);
    assertThat(room.advice(750 * MIB, 1)).isEmpty();
    assertThat(room.advice(751 * MIB, 1))
        .contains(
            "set EIGENSWEEP_DRIVER_MEMORY=1002m (1000m now), or spark.task.cpus=2, so that 2 of 4"
                + " tasks run at once");
    assertThat(room.advice(1200 * MIB, 3))
        .contains(
            "set EIGENSWEEP_DRIVER_MEMORY=1600m (1000m now), or spark.task.cpus=6, so that 2 of 4"
                + " tasks run at once");
    assertThat(room.advice(3300 * MIB, 1))
        .as("one task alone does not fit")
        .contains("set EIGENSWEEP_DRIVER_MEMORY=4400m (1000m now)");
  }

  @Test
  void aGpuHasWhatItHas() {
    TaskRoom room = TaskRoom.ofGpu(3000 * MIB, 4);
    assertThat(room.place()).isEqualTo("of a GPU");
    assertThat(room.advice(750 * MIB, 1)).isEmpty();
    assertThat(room.advice(751 * MIB, 1))
        .contains("spark.task.cpus=2, so that 2 of 4 tasks run at once");
    assertThat(room.advice(3001 * MIB, 1)).contains("take a smaller network, or fewer pairs");
  }

  /** The advice is enough, and a mebibyte less is not. */
  @Test
  void theAdviceIsEnough() {
    for (long bytes : new long[] {751 * MIB, 2999 * MIB + 1, 12_345_678_901L}) {
      TaskRoom room = new TaskRoom(3000 * MIB, 4, "M", 1000 * MIB, 3);
      String advice = room.advice(bytes, 1).orElseThrow();
      long wanted = Long.parseLong(advice.replaceFirst("set M=(\\d+)m.*", "$1"));
      assertThat(new TaskRoom(3 * wanted * MIB, 4, "M", wanted * MIB, 3).fits(bytes)).isTrue();
      assertThat(new TaskRoom(3 * (wanted - 1) * MIB, 4, "M", 1, 3).fits(bytes)).isFalse();
    }
  }
}
