package org.eigensweep.spark.output;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process that drives a sweep.
 *
 * @param host name of its machine, for people
 * @param processes what its process id is unique in: a start of a machine, a container there
 * @param pid its process id
 * @param born when the process was started
 * @param since when it began to use the folder
 */
record Driver(String host, String processes, long pid, Instant born, Instant since) {
  /** Linux works a birth out from two clocks; a process id is not used twice within a minute. */
  private static final Duration SAME_BIRTH = Duration.ofMinutes(1);

  /** This process, from now on. */
  static Driver here() {
    ProcessHandle process = ProcessHandle.current();
    return new Driver(hostName(), processSpace(), process.pid(), born(process), Instant.now());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "an unnamed host";
    }
  }

  private static String processSpace() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return hostName(); // only Linux says so much
    }
  }

  private static Instant born(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }

  /** Whether this process could see it, and does not. */
  boolean isGone() {
    return processes.equals(processSpace()) && ProcessHandle.of(pid).filter(this::isOne).isEmpty();
  }

  private boolean isOne(ProcessHandle process) {
    return process.isAlive()
        && Duration.between(born(process), born).abs().compareTo(SAME_BIRTH) < 0;
  }

  /** The form in which it is kept in a file: a line a component. */
  String text() {
    return String.join(
        "\n", host, processes, Long.toString(pid), born.toString(), since.toString(), "");
  }

  /** Reads what {@link #text} wrote; empty if that is not complete. */
  static Optional<Driver> parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() != 5 || !text.endsWith("\n")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Driver(
              lines.get(0),
              lines.get(1),
              Long.parseLong(lines.get(2)),
              Instant.parse(lines.get(3)),
              Instant.parse(lines.get(4))));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
