package org.eigensweep.spark.sliced;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.spark.file.SealedFile;

/**
 * A block in files, one for each slice that wrote its rows. Any process of the Spark application
 * can read any rows.
 *
 * @param folder of the files, a Hadoop path
 * @param slices number of files
 * @param rows of the block
 * @param columns of the block
 */
public record StoredBlock(String folder, int slices, int rows, int columns)
    implements MatrixSource {
  /**
   * Writes a matrix whole, into a folder of its own within another.
   *
   * @param parent a Hadoop path
   */
  public static StoredBlock write(String parent, HostMatrix values) {
    StoredBlock block = new StoredBlock(anywhereIn(parent), 1, values.rows(), values.columns());
    block.write(0, values);
    return block;
  }

  /** A folder for a block that no other has. */
  static String anywhereIn(String parent) {
    return "%s/%s".formatted(parent, UUID.randomUUID());
  }

  /** Whether its folder lies directly in another, by their names. */
  public boolean isIn(String parent) {
    return new Path(folder).getParent().equals(new Path(parent));
  }

  @Override
  public HostMatrix rows(int from, int to) {
    List<HostMatrix> parts = new ArrayList<>();
    for (int slice = 0; slice < slices; slice++) {
      RowRange sliceRows = RowRange.of(slice, slices, rows);
      int first = Math.max(from, sliceRows.from());
      int end = Math.min(to, sliceRows.to());
      if (first < end) {
        parts.add(read(slice).rows(first - sliceRows.from(), end - sliceRows.from()));
      }
    }
    return HostMatrix.stacked(parts);
  }

  private HostMatrix read(int slice) {
    Path path = path(slice);
    try {
      return SealedFile.read(files(path), path, HostMatrix.class);
    } catch (IOException e) {
      throw failed("read", path, e);
    }
  }

  /** Whether this process sees all of its files, whatever they hold. */
  public boolean isVisible() {
    try {
      for (int slice = 0; slice < slices; slice++) {
        if (!files(path(slice)).exists(path(slice))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Writes the rows of one slice, whole or not at all. */
  void write(int slice, HostMatrix values) {
    Path path = path(slice);
    try {
      SealedFile.write(files(path), path, values);
    } catch (IOException e) {
      throw failed("write", path, e);
    }
  }

  private static UncheckedIOException failed(String what, Path path, IOException cause) {
    return new UncheckedIOException(
        "cannot %s %s (%s)".formatted(what, path, cause.getMessage()), cause);
  }

  /**
   * Checks that every file exists and is unchanged, without holding the block in memory.
   *
   * @param files the file system of the folder
   * @throws IOException if a file is missing or changed; the message names it
   */
  public void check(FileSystem files) throws IOException {
    for (int slice = 0; slice < slices; slice++) {
      Path path = path(slice);
      try {
        SealedFile.check(files, path);
      } catch (IOException e) {
        throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
      }
    }
  }

  private Path path(int slice) {
    return new Path(folder, "slice-%05d".formatted(slice));
  }

  /** The file system, with the Spark application's settings, which tasks see too. */
  private static FileSystem files(Path path) throws IOException {
    return path.getFileSystem(SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
  }
}
