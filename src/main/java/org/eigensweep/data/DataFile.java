package org.eigensweep.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** An open file, plain or gzipped. Gzip is known by its first bytes, never by the name. */
public final class DataFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final InputStream input;
  private final OptionalLong length;

  private DataFile(Path path, InputStream input, OptionalLong length) {
    this.path = path;
    this.input = input;
    this.length = length;
  }

  public static DataFile open(FileSystem files, Path path) throws IOException {
    InputStream opened = new BufferedInputStream(files.open(path), BUFFER);
    try {
      if (isGzip(opened)) {
        InputStream inflated = new GZIPInputStream(opened, BUFFER);
        return new DataFile(path, new BufferedInputStream(inflated, BUFFER), OptionalLong.empty());
      }
      return new DataFile(path, opened, OptionalLong.of(files.getFileStatus(path).getLen()));
    } catch (IOException e) {
      closeAfter(e, opened);
      throw e;
    }
  }

  private static boolean isGzip(InputStream input) throws IOException {
    input.mark(2);
    boolean gzip = input.read() == 0x1f && input.read() == 0x8b;
    input.reset();
    return gzip;
  }

  /** Closes after a fault, which stays the one to report. */
  public static void closeAfter(Exception fault, Closeable opened) {
    try {
      opened.close();
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  /** The file, as it is named in messages. */
  public Path path() {
    return path;
  }

  /** What the file holds, inflated where it is gzipped; buffered. */
  public InputStream input() {
    return input;
  }

  /** Bytes that {@link #input} will give; a gzipped file tells only when it is inflated. */
  public OptionalLong length() {
    return length;
  }

  /**
   * The fault that a library reported while a file was opened or read.
   *
   * @param format what the file should be, without its article
   */
  public static DataException unreadable(Path path, String format, IOException e) {
    return new DataException(
        "%s: cannot be read (%s), expected a plain or gzipped %s file"
            .formatted(path, DataException.firstLine(e), format),
        e);
  }

  /** The fault that a library reported while a file was closed. */
  public static DataException unclosed(Path path, IOException e) {
    return new DataException(
        "%s: cannot be closed (%s)".formatted(path, DataException.firstLine(e)), e);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
