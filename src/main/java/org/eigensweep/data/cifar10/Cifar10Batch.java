package org.eigensweep.data.cifar10;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;
import org.eigensweep.data.InputShape;

/**
 * An open file of CIFAR-10's binary version, plain or gzipped, read record by record from the
 * front: one byte of label, then 1024 bytes each of red, green and blue, row after row from the
 * upper left, and no header.
 *
 * <p>The length of a plain file is checked at once; a gzipped one tells its length only when it is
 * inflated, so it is checked as far as it is read. Every fault is a {@link DataException} that
 * names the path.
 */
final class Cifar10Batch implements Closeable {
  static final InputShape SHAPE = new InputShape(3, 32, 32);
  static final int CLASSES = 10;

  /** Where the pixels of a record begin: behind its label. */
  static final int PIXELS = 1;

  private static final int RECORD = PIXELS + SHAPE.features();

  private final DataFile file;
  private int read;

  private Cifar10Batch(DataFile file) {
    this.file = file;
  }

  /**
   * Opens a file and, where it is plain, checks its length.
   *
   * @throws DataException if it cannot be read or is not made of whole records
   */
  static Cifar10Batch open(FileSystem files, Path path) {
    try {
      DataFile file = DataFile.open(files, path);
      long length = file.length().orElse(RECORD);
      if (length == 0 || length % RECORD != 0) {
        DataException fault = wrongLength(path, length);
        DataFile.closeAfter(fault, file);
        throw fault;
      }
      return new Cifar10Batch(file);
    } catch (IOException e) {
      throw DataFile.unreadable(path, "CIFAR-10", e);
    }
  }

  private static DataException wrongLength(Path path, long length) {
    return new DataException(
        ("%s: %d bytes long, expected a multiple of %d above 0, 1 label and %d pixels a record:"
                + " fetch the file again")
            .formatted(path, length, RECORD, SHAPE.features()));
  }

  /** The label of a record. */
  static int label(byte[] record) {
    return Byte.toUnsignedInt(record[0]);
  }

  /** The file, as it is named in messages. */
  Path path() {
    return file.path();
  }

  /**
   * Reads the next record.
   *
   * @return its bytes, unsigned, the first its label; empty behind the last one
   * @throws DataException if the file ends within it, is damaged, or its label is out of range
   */
  Optional<byte[]> next() {
    try {
      byte[] record = file.input().readNBytes(RECORD);
      if (record.length == 0 && read > 0) {
        return Optional.empty();
      }
      if (record.length < RECORD) {
        throw wrongLength(path(), (long) read * RECORD + record.length);
      }
      if (label(record) >= CLASSES) {
        throw new DataException(
            "%s: label %d of record %d, expected 0 to %d: is it another file under this name?"
                .formatted(path(), label(record), read, CLASSES - 1));
      }
      read++;
      return Optional.of(record);
    } catch (IOException e) {
      throw DataFile.unreadable(path(), "CIFAR-10", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
