package org.eigensweep.data.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;
import org.eigensweep.data.FileSystems;

/**
 * Where a table is.
 *
 * @param path of the file, a Hadoop path, or of a folder of Parquet files, or a pattern of their
 *     names as {@code train-*.parquet}
 * @param part of the file: the key of an array in a {@code .npz}, names of columns in Parquet,
 *     fine, coarse or pixels in a file of CIFAR-100; blank for the whole
 * @param except columns that the whole leaves out
 */
public record TableReference(String path, String part, List<String> except)
    implements Serializable {
  private static final int HEAD = 8;
  private static final Pattern NAMED = Pattern.compile("\\.(npz|parquet):");
  private static final Pattern SEVERAL = Pattern.compile("[*?{\\[]");

  /** As settings write it: a path, and where a part is meant, a colon and the part. */
  public static TableReference parse(String text) {
    Matcher named = NAMED.matcher(text); // the part may have a slash of its own
    int colon = named.find() ? named.end() - 1 : text.indexOf(':', text.lastIndexOf('/') + 1);
    return colon < 0
        ? new TableReference(text, "", List.of())
        : new TableReference(text.substring(0, colon), text.substring(colon + 1), List.of());
  }

  /** The same without the columns that another one names, where both are of one file. */
  public TableReference without(TableReference other) {
    return part.isEmpty() && path.equals(other.path) && !other.part.isEmpty()
        ? new TableReference(path, part, List.of(other.part.split(",", -1)))
        : this;
  }

  /** As {@link #parse} takes it. */
  @Override
  public String toString() {
    return part.isEmpty() ? path : path + ":" + part;
  }

  /**
   * Finds the table, whose format the file's first bytes say, and reads its header.
   *
   * @throws DataException if the file or the part is missing, or of no format that is known
   */
  public NumberTable open(Configuration hadoop) {
    try {
      Path given = new Path(path);
      FileSystem files = FileSystems.of(given, hadoop);
      Path file = files.makeQualified(given);
      if (SEVERAL.matcher(file.getName()).find()) {
        return parquet(ParquetFiles.matching(files, file, hadoop), file, "no Parquet files");
      }
      if (files.getFileStatus(file).isDirectory()) {
        return parquet(
            ParquetFiles.folder(files, file, hadoop), file, "a folder without Parquet files");
      }
      return open(new FileBytes(files, file), hadoop);
    } catch (FileNotFoundException e) {
      throw new DataException(
          "%s: no such file, expected one of numbers: correct the path".formatted(path), e);
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          "%s: cannot be reached (%s), expected a file on a file system that Hadoop is configured for"
              .formatted(path, DataException.firstLine(e)),
          e);
    }
  }

  private NumberTable parquet(Optional<ParquetFiles> found, Path path, String none) {
    return ParquetTable.of(
        found.orElseThrow(
            () -> new DataException("%s: %s, expected a file: name one".formatted(path, none))),
        part,
        except);
  }

  private NumberTable open(FileBytes file, Configuration hadoop) {
    byte[] head;
    try {
      head = file.head(HEAD);
    } catch (IOException e) {
      throw DataFile.unreadable(file.path(), "NumPy, IDX or Parquet", e);
    }
    if (NpzFile.begins(head)) {
      return new NpzFile(file.files(), file.path()).array(part);
    }
    if (ParquetFiles.begins(head)) {
      return ParquetTable.of(ParquetFiles.file(file.path(), hadoop), part, except);
    }
    if (NpyHeader.begins(head)) {
      requireNoPart(file.path(), "a NumPy array");
      return NpyHeader.read(file);
    }
    if (RecordTable.has(part)) { // a format without a first mark
      return RecordTable.read(file, part);
    }
    if (IdxHeader.begins(head)) {
      requireNoPart(file.path(), "an IDX file");
      return IdxHeader.read(file);
    }
    throw new DataException(
        "%s: %s, expected NumPy (.npy, .npz), Parquet or IDX%s"
            .formatted(file.path(), OtherFormat.of(head), OtherFormat.advice(head)));
  }

  private void requireNoPart(Path file, String what) {
    if (!part.isEmpty()) {
      throw new DataException(
          "%s: %s, which has no part %s, expected its path alone: leave :%s away"
              .formatted(file, what, part, part));
    }
  }

  /** Whether a file of so many bytes may hold CIFAR-100's records, which begin with no mark. */
  public static boolean isRecords(long bytes) {
    return RecordTable.fits(bytes);
  }

  /**
   * The parts that a file has: keys of a {@code .npz}, columns of Parquet, else none.
   *
   * @throws DataException if it cannot be read
   */
  public static List<String> parts(FileSystem files, Path file, Configuration hadoop) {
    FileBytes bytes = new FileBytes(files, file);
    try {
      byte[] head = bytes.head(HEAD);
      if (NpzFile.begins(head)) {
        return new NpzFile(files, file).keys();
      }
      return ParquetFiles.begins(head) ? ParquetFiles.file(file, hadoop).columns() : List.of();
    } catch (IOException e) {
      throw DataFile.unreadable(file, "NumPy, IDX or Parquet", e);
    }
  }
}
