package org.eigensweep.spark.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an output folder to one driver. Each driver first leaves a claim, a file of a name of its
 * own, and then looks for the claims of others: of two drivers at least the later one to look sees
 * both, and who sees another's claim withdraws. So no file system needs to create or rename in one
 * step for this, only to list what is there, and a dead driver's claim can be deleted without
 * harming a new one.
 *
 * <p>A claim counts until its driver is gone, which the same machine sees at once, or has given no
 * sign for six beats. A sign is the file's time, so clocks may not differ by more than that.
 */
public final class OutputLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLock.class);
  private static final String PREFIX = "_driver-";
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final int MISSED_BEATS = 6;

  private final FileSystem files;
  private final Path folder;
  private final Path claim;
  private final Duration beat;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(OutputLock::thread);

  private OutputLock(FileSystem files, Path folder, Duration beat) {
    this.files = files;
    this.folder = folder;
    this.claim = new Path(folder, PREFIX + UUID.randomUUID());
    this.beat = beat;
  }

  /**
   * Takes a folder until the lock is closed.
   *
   * @param folder must be there
   * @throws OutputException if another driver has it
   * @throws IOException if the folder cannot be written
   */
  public static OutputLock take(FileSystem files, Path folder) throws IOException {
    return take(files, folder, BEAT);
  }

  public static OutputLock take(FileSystem files, Path folder, Duration beat) throws IOException {
    OutputLock lock = new OutputLock(files, folder, beat);
    try {
      lock.claim();
      lock.requireAlone();
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Whether a driver is at work in a folder; changes nothing there.
   *
   * @throws IOException if the folder cannot be listed
   */
  public static boolean isTaken(FileSystem files, Path folder) throws IOException {
    OutputLock looking = new OutputLock(files, folder, BEAT);
    for (FileStatus claim : files.listStatus(folder, path -> path.getName().startsWith(PREFIX))) {
      if (!looking.isDead(claim, looking.read(claim.getPath()))) {
        return true;
      }
    }
    return false;
  }

  private static Thread thread(Runnable body) {
    Thread thread = new Thread(body, "output-lock");
    thread.setDaemon(true);
    return thread;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // renew() reports by itself, and never ends
  private void claim() throws IOException {
    byte[] driver = Driver.here().text().getBytes(StandardCharsets.UTF_8);
    NewFile.write(files, claim, out -> out.write(driver));
    // Where the process is asked to end, and does not come to close this. Hadoop does not take note
    // of a file that is not there yet.
    files.deleteOnExit(claim);
    renew(); // the file system's clock may be another
    heart.scheduleAtFixedRate(this::renew, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void renew() {
    try {
      files.setTimes(claim, System.currentTimeMillis(), -1);
    } catch (IOException | RuntimeException e) { // the next beat may do better
      LOG.debug("no sign in {}", claim, e);
    }
  }

  private void requireAlone() throws IOException {
    for (FileStatus other : files.listStatus(folder, path -> path.getName().startsWith(PREFIX))) {
      if (!other.getPath().getName().equals(claim.getName())) {
        requireDead(other);
      }
    }
  }

  private void requireDead(FileStatus other) throws IOException {
    Optional<Driver> driver = read(other.getPath());
    if (isDead(other, driver)) {
      files.delete(other.getPath(), false);
      return;
    }
    throw new OutputException(
        "%s is in use by %s, last sign %d s ago; wait until that ends, or choose another eigensweep.output; if it was killed, try again %d s after its last sign"
            .formatted(
                folder,
                driver.map(OutputLock::name).orElse("another driver that is just starting"),
                Math.max(0, silence(other).toSeconds()),
                limit().toSeconds()));
  }

  private boolean isDead(FileStatus claim, Optional<Driver> driver) {
    return silence(claim).compareTo(limit()) > 0 || driver.map(Driver::isGone).orElse(false);
  }

  private static Duration silence(FileStatus claim) {
    return Duration.ofMillis(System.currentTimeMillis() - claim.getModificationTime());
  }

  private static String name(Driver driver) {
    return "a driver on %s, process %d, since %s"
        .formatted(driver.host(), driver.pid(), driver.since().truncatedTo(ChronoUnit.SECONDS));
  }

  private Duration limit() {
    return beat.multipliedBy(MISSED_BEATS);
  }

  private Optional<Driver> read(Path path) {
    try (InputStream in = files.open(path)) {
      return Driver.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) { // being written, or deleted meanwhile
      return Optional.empty();
    }
  }

  /**
   * Makes sure that the folder is still this driver's: if this process stood still for long,
   * another may have taken it.
   *
   * @throws OutputException if it is not
   */
  public void check() {
    try {
      if (files.exists(claim)) {
        return;
      }
    } catch (IOException e) {
      throw new OutputException(
          "cannot look into %s (%s); run again when it can be reached"
              .formatted(folder, Failures.line(e)),
          e);
    }
    throw new OutputException(
        "%s is no longer this driver's: another one took it after %d s without a sign of this one, or %s was deleted; run again when no other driver is at work there"
            .formatted(folder, limit().toSeconds(), claim.getName()));
  }

  @Override
  public void close() {
    heart.shutdownNow();
    try {
      files.delete(claim, false);
      files.cancelDeleteOnExit(claim);
    } catch (IOException e) { // it ends by itself
      LOG.warn("cannot delete {} ({})", claim, Failures.line(e));
    }
  }
}
