package org.eigensweep.spark.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.eigensweep.spark.failure.OutputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class OutputLockTest {
  private static final Instant SINCE = Instant.parse("2026-03-04T05:06:07Z");

  @TempDir private Path folder;
  private FileSystem files;

  @BeforeEach
  void open() throws IOException {
    files = FileSystem.getLocal(new Configuration());
  }

  private OutputLock take() throws IOException {
    return OutputLock.take(files, at());
  }

  private org.apache.hadoop.fs.Path at() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> !file.getFileName().toString().endsWith(".crc")).toList();
    }
  }

  /** Leaves the claim of a driver whose last sign is some seconds old. */
  private void leave(String claim, int seconds) throws IOException {
    Path file = Files.writeString(folder.resolve("_driver-other"), claim);
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
  }

  private static String elsewhere() {
    return new Driver("node7", "another machine", 4711, SINCE, SINCE).text();
  }

  /** A driver of this machine whose process has ended. */
  private static String dead() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    Instant born = process.info().startInstant().orElse(Instant.now());
    process.waitFor();
    Driver here = Driver.here();
    return new Driver(here.host(), here.processes(), process.pid(), born, SINCE).text();
  }

  /** As when a process is asked to end: Hadoop closes its file systems, and nobody the lock. */
  @Test
  void leavesNoClaimWhereOnlyTheFileSystemIsClosed() throws IOException {
    files = FileSystem.newInstanceLocal(new Configuration());
    OutputLock lock = take();
    assertThat(left()).hasSize(1);
    files.close();
    assertThat(left()).isEmpty();
    lock.close();
  }

  @Test
  void refusesTheSecondAndNamesTheFirst() throws IOException {
    Driver here = Driver.here();
    try (OutputLock first = take()) {
      assertThatThrownBy(this::take)
          .isInstanceOf(OutputException.class)
          .hasMessageStartingWith(
              "%s is in use by a driver on %s, process %d, since ", at(), here.host(), here.pid())
          .hasMessageEndingWith(
              " s ago; wait until that ends, or choose another eigensweep.output; if it was killed, try again 60 s after its last sign");
      first.check();
      assertThat(left()).hasSize(1); // the second withdrew its claim
    }
  }

  @Test
  void aClosedLockLeavesNothing() throws IOException {
    take().close();
    take().close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDriverOfAnotherMachineHoldsItWhileItGivesSigns() throws IOException {
    leave(elsewhere(), 40);
    assertThatThrownBy(this::take)
        .isInstanceOf(OutputException.class)
        .hasMessageContaining(
            "is in use by a driver on node7, process 4711, since 2026-03-04T05:06:07Z, last sign 4");
  }

  @Test
  void aDriverWithoutASignForAMinuteCountsAsDead() throws IOException {
    leave(elsewhere(), 61);
    try (OutputLock lock = take()) {
      lock.check();
      assertThat(left()).hasSize(1).noneMatch(file -> file.endsWith("_driver-other"));
    }
  }

  @Test
  void aDeadProcessOfThisMachineIsNotWaitedFor() throws IOException, InterruptedException {
    leave(dead(), 0);
    try (OutputLock lock = take()) {
      lock.check();
    }
  }

  /** A process id is used again after a while. */
  @Test
  void aNewProcessWithTheNumberOfADeadOneIsAnother() {
    Driver here = Driver.here();
    assertThat(here.isGone()).isFalse();
    Instant earlier = here.born().minus(Duration.ofHours(1));
    Driver other = new Driver(here.host(), here.processes(), here.pid(), earlier, SINCE);
    assertThat(other.isGone()).isTrue();
  }

  @Test
  void aHalfWrittenClaimCountsUntilItIsOld() throws IOException {
    String claim = elsewhere();
    leave(claim.substring(0, claim.length() - 3), 0);
    assertThatThrownBy(this::take)
        .isInstanceOf(OutputException.class)
        .hasMessageContaining("is in use by another driver that is just starting, last sign");
    leave("", 61);
    take().close();
  }

  @Test
  @Timeout(20)
  void givesSignsOfLife() throws IOException, InterruptedException {
    try (OutputLock lock = OutputLock.take(files, at(), Duration.ofMillis(20))) {
      FileTime old = FileTime.from(SINCE);
      Files.setLastModifiedTime(left().get(0), old);
      while (Files.getLastModifiedTime(left().get(0)).equals(old)) {
        Thread.sleep(10);
      }
      lock.check();
    }
  }

  @Test
  void aDriverThatStoodStillNoticesThatAnotherTookOver() throws IOException {
    try (OutputLock asleep = take()) {
      Path claim = left().get(0);
      Files.setLastModifiedTime(claim, FileTime.from(Instant.now().minusSeconds(61)));
      try (OutputLock next = take()) {
        assertThatThrownBy(asleep::check)
            .isInstanceOf(OutputException.class)
            .hasMessage(
                "%s is no longer this driver's: another one took it after 60 s without a sign of this one, or %s was deleted; run again when no other driver is at work there",
                at(), claim.getFileName());
        next.check();
      }
    }
  }

  /** Ten rounds of four drivers that start together: none is let in beside another. */
  @Test
  void neverLetsTwoIn() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    for (int round = 0; round < 10; round++) {
      List<OutputLock> taken = new ArrayList<>();
      for (var attempt : pool.invokeAll(List.of(attempt(), attempt(), attempt(), attempt()))) {
        taken.addAll(attempt.get());
      }
      assertThat(taken).hasSizeLessThanOrEqualTo(1);
      taken.forEach(OutputLock::close);
    }
    pool.shutdown();
  }

  private Callable<List<OutputLock>> attempt() {
    return () -> {
      try {
        return List.of(take());
      } catch (OutputException refused) {
        return List.of();
      }
    };
  }
}
