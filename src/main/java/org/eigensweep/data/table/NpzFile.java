package org.eigensweep.data.table;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;

/** NumPy's archive of named arrays: a zip file with an entry {@code KEY.npy} for each. */
record NpzFile(FileSystem files, Path path) {
  private static final String NPY = ".npy";
  private static final int BUFFER = 1 << 16;

  static boolean begins(byte[] head) {
    return head.length >= 4 && head[0] == 'P' && head[1] == 'K' && head[2] <= 5 && head[3] <= 6;
  }

  /**
   * The names of the arrays in the order of the archive.
   *
   * @throws DataException if the archive cannot be read
   */
  List<String> keys() {
    try (ZipFile zip = open()) {
      return Collections.list(zip.getEntries()).stream()
          .map(ZipArchiveEntry::getName)
          .filter(name -> name.endsWith(NPY))
          .map(name -> name.substring(0, name.length() - NPY.length()))
          .toList();
    } catch (IOException e) {
      throw new DataException(
          "%s: cannot be read (%s), expected a NumPy archive (.npz): fetch the file again"
              .formatted(path, DataException.firstLine(e)),
          e);
    }
  }

  /**
   * One array.
   *
   * @param key its name, or blank for the only one
   * @throws DataException if there is none of that name, or it cannot be read
   */
  NumberTable array(String key) {
    List<String> keys = keys();
    if (keys.isEmpty()) {
      throw new DataException(
          "%s: a zip file without NumPy arrays, expected some: save them by numpy.savez"
              .formatted(path));
    }
    String found = key.isEmpty() && keys.size() == 1 ? keys.get(0) : key;
    if (!keys.contains(found)) {
      throw new DataException(
          (key.isEmpty()
                  ? "%1$s: %3$d arrays, expected the name of one of them: write %1$s:NAME with one of %4$s"
                  : "%1$s: no array %2$s, expected one of %4$s")
              .formatted(path, key, keys.size(), String.join(", ", keys)));
    }
    return NpyHeader.read(new Entry(found));
  }

  @SuppressWarnings(
      "deprecation") // on a cluster Spark's older copy is called, which has no builder
  private ZipFile open() throws IOException {
    SeekableFile channel = new SeekableFile(files, path);
    try {
      return new ZipFile(channel, path.toString(), "UTF-8", true);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Throwable cause = e.getCause() == null ? e : e.getCause(); // the library's says no more
      throw new IOException(cause.getMessage(), e);
    }
  }

  private final class Entry implements ByteSource {
    private final String key;

    Entry(String key) {
      this.key = key;
    }

    @Override
    public String name() {
      return path + ":" + key;
    }

    @Override
    public OptionalLong length() throws IOException {
      try (ZipFile zip = NpzFile.this.open()) {
        long size = zip.getEntry(key + NPY).getSize();
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
      }
    }

    @Override
    public InputStream open() throws IOException {
      ZipFile zip = NpzFile.this.open();
      try {
        InputStream entry = zip.getInputStream(zip.getEntry(key + NPY));
        return new FilterInputStream(new BufferedInputStream(entry, BUFFER)) {
          @Override
          public void close() throws IOException {
            super.close();
            zip.close();
          }
        };
      } catch (IOException e) {
        zip.close();
        throw e;
      }
    }
  }
}
