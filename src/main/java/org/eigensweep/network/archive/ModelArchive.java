package org.eigensweep.network.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The zip that DL4J's ModelSerializer writes, of which two entries are read: the configuration and
 * the coefficients. All other entries, such as normalisers and updaters, are skipped; only their
 * names are read. Sizes are counted while an entry is inflated; those that the zip declares are not
 * used. Entries are read from the front, as ModelSerializer reads them.
 */
final class ModelArchive {
  static final String CONFIGURATION = "configuration.json";
  static final String COEFFICIENTS = "coefficients.bin";
  static final String EXPECTED = "expected a zip that DL4J's ModelSerializer wrote";

  /** ModelSerializer writes up to five, and users may add objects of their own. */
  static final int MOST_ENTRIES = 1000;

  /** Some twenty times the configuration of a residual network of fifty layers. */
  static final int MOST_CONFIGURATION_BYTES = 8 << 20;

  private static final int CHUNK = 1 << 16;
  private static final int NAMES_SHOWN = 5;

  private final byte[] zip;
  private final long mostInflated;
  private final List<String> names = new ArrayList<>();
  private byte[] configuration;
  private long coefficientBytes = -1;
  private long inflated;

  private ModelArchive(byte[] zip, long mostInflated) {
    this.zip = zip;
    this.mostInflated = mostInflated;
  }

  /** What reads an entry. */
  interface Reading<T> {
    T from(InputStream entry) throws IOException;
  }

  /**
   * Looks through an archive, with the memory of the configuration alone.
   *
   * @param zip the file's bytes, kept and not changed
   * @throws IllegalArgumentException if it is no zip, damaged or cut, larger than the limits, has
   *     an entry twice or lacks one of the two
   */
  static ModelArchive open(byte[] zip) {
    // More than the coefficients that the heap can hold and an updater's state beside them.
    return open(zip, 2 * Runtime.getRuntime().maxMemory());
  }

  /** Looks through an archive whose entries inflate to no more than so many bytes. */
  static ModelArchive open(byte[] zip, long mostInflated) {
    ModelArchive archive = new ModelArchive(zip, mostInflated);
    archive.scan();
    return archive;
  }

  private void scan() {
    try (ZipInputStream in = entries()) {
      while (next(in)) {
        take(in);
      }
    } catch (IOException e) {
      throw damaged(e);
    }
    if (names.isEmpty()) {
      throw new BadModelException("no zip, or one without entries, " + EXPECTED);
    }
    require(configuration != null, CONFIGURATION);
    require(coefficientBytes >= 0, COEFFICIENTS);
  }

  private ZipInputStream entries() {
    return new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8);
  }

  /** Goes to the next entry and takes its name down. */
  private boolean next(ZipInputStream in) throws IOException {
    ZipEntry entry = entryAfter(in);
    if (entry == null) {
      return false;
    }
    String name = entry.getName();
    if (names.contains(name)) {
      throw new BadModelException(
          "entry %s twice, expected each once, %s".formatted(shown(name), EXPECTED));
    }
    names.add(name);
    if (names.size() > MOST_ENTRIES) {
      throw new BadModelException("more than %d entries, %s".formatted(MOST_ENTRIES, EXPECTED));
    }
    return true;
  }

  private static ZipEntry entryAfter(ZipInputStream in) throws IOException {
    try {
      return in.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e); // names and dates that cannot be
    }
  }

  private void take(ZipInputStream in) throws IOException {
    switch (names.get(names.size() - 1)) {
      case CONFIGURATION -> {
        byte[] read = in.readNBytes(MOST_CONFIGURATION_BYTES + 1);
        if (read.length > MOST_CONFIGURATION_BYTES) {
          throw new BadModelException(
              "%s: inflates to more than %d MiB, expected the configuration of a network, %s"
                  .formatted(CONFIGURATION, MOST_CONFIGURATION_BYTES >> 20, EXPECTED));
        }
        configuration = read;
      }
      case COEFFICIENTS -> coefficientBytes = skip(in);
      default -> skip(in);
    }
  }

  /** Inflates the rest of an entry, which also checks its sum, and keeps none of it. */
  private long skip(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
      bytes += read;
      inflated += read;
      if (inflated > mostInflated) {
        throw new BadModelException(
            "%s: entries inflate to more than %d MiB, twice the Java heap, %s"
                .formatted(last(), mostInflated >> 20, EXPECTED));
      }
    }
    return bytes;
  }

  private void require(boolean found, String entry) {
    if (!found) {
      throw new BadModelException(
          "no entry %s, found %s%s, %s"
              .formatted(
                  entry,
                  names.stream().limit(NAMES_SHOWN).map(ModelArchive::shown).toList(),
                  names.size() > NAMES_SHOWN ? " and others" : "",
                  EXPECTED));
    }
  }

  private BadModelException damaged(IOException e) {
    boolean cut = e instanceof EOFException;
    return new BadModelException(
        "%s: %s (%s), expected a whole zip: copy the file again"
            .formatted(
                names.isEmpty() ? "first entry" : last(),
                cut ? "the zip ends inside or right behind this entry" : "the zip is damaged here",
                Faults.line(e)),
        e);
  }

  private String last() {
    return shown(names.get(names.size() - 1));
  }

  private static String shown(String name) {
    return Faults.shortened(name);
  }

  /** The configuration's bytes. */
  byte[] configuration() {
    return configuration;
  }

  /** How many bytes the coefficients inflate to. */
  long coefficientBytes() {
    return coefficientBytes;
  }

  /** Reads the coefficients from their first byte. */
  <T> T coefficients(Reading<T> reading) {
    try (ZipInputStream in = entries()) {
      ZipEntry entry = in.getNextEntry();
      while (!entry.getName().equals(COEFFICIENTS)) {
        entry = in.getNextEntry();
      }
      return reading.from(in);
    } catch (IOException e) {
      throw damaged(e);
    }
  }
}
