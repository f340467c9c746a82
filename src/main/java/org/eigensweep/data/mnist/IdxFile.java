package org.eigensweep.data.mnist;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;

/**
 * An open IDX file of unsigned bytes, plain or gzipped, read item by item from the front: a
 * big-endian magic number (0x08 for unsigned bytes, then the number of dimensions), one 32-bit size
 * a dimension, the first of them the number of items, then the bytes in row order.
 *
 * <p>The length of a plain file is checked against its header at once; a gzipped one tells its
 * length only when it is inflated, so it is checked as far as it is read. Every fault is a {@link
 * DataException} that names the path.
 */
final class IdxFile implements Closeable {
  private static final int UNSIGNED_BYTES = 0x08;

  private final DataFile file;
  private final int items;
  private final int itemBytes;
  private int read;

  private IdxFile(DataFile file, int items, int itemBytes) {
    this.file = file;
    this.items = items;
    this.itemBytes = itemBytes;
  }

  /**
   * Opens a file and checks its header.
   *
   * @param itemShape the sizes that one item must have: none where an item is one byte
   * @throws DataException if the file cannot be read or its header is not of that shape
   */
  static IdxFile open(FileSystem files, Path path, int... itemShape) {
    DataFile file;
    try {
      file = DataFile.open(files, path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    try {
      int items = readHeader(path, file.input(), itemShape);
      int itemBytes = Arrays.stream(itemShape).reduce(1, Math::multiplyExact);
      if (file.length().isPresent()) {
        checkLength(path, file.length().getAsLong(), itemShape, items, itemBytes);
      }
      return new IdxFile(file, items, itemBytes);
    } catch (IOException e) {
      DataFile.closeAfter(e, file);
      throw unreadable(path, e);
    } catch (DataException e) {
      DataFile.closeAfter(e, file);
      throw e;
    }
  }

  private static int readHeader(Path path, InputStream input, int... itemShape) throws IOException {
    DataInputStream header = new DataInputStream(input);
    try {
      int magic = header.readInt();
      int expected = UNSIGNED_BYTES << 8 | (1 + itemShape.length);
      if (magic != expected) {
        throw new DataException(
            ("%s: magic number 0x%08x, expected 0x%08x (IDX, unsigned bytes, %d dimensions),"
                    + " plain or gzipped: is it another file under this name?")
                .formatted(path, magic, expected, 1 + itemShape.length));
      }
      int items = header.readInt();
      int[] shape = new int[itemShape.length];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = header.readInt();
      }
      if (items < 0 || !Arrays.equals(shape, itemShape)) {
        throw new DataException(
            "%s: %d items of shape %s in its header, expected 0 or more of shape %s"
                .formatted(path, items, Arrays.toString(shape), Arrays.toString(itemShape)));
      }
      return items;
    } catch (EOFException e) {
      throw new DataException(
          "%s: ends inside its header, expected %d bytes of it: fetch the file again"
              .formatted(path, headerBytes(itemShape)),
          e);
    }
  }

  private static int headerBytes(int... itemShape) {
    return 4 * (2 + itemShape.length);
  }

  private static void checkLength(
      Path path, long length, int[] itemShape, int items, int itemBytes) {
    long expected = headerBytes(itemShape) + (long) items * itemBytes;
    if (length != expected) {
      throw new DataException(
          "%s: %d bytes long, expected %d for the %d items of its header: fetch the file again"
              .formatted(path, length, expected, items));
    }
  }

  /** The file, as it is named in messages. */
  Path path() {
    return file.path();
  }

  /** Number of items that the header promises. */
  int items() {
    return items;
  }

  /**
   * Reads the next item; with the last one, checks that the file ends there.
   *
   * @return its bytes in row order, unsigned
   * @throws DataException if the file ends before it, is damaged, or goes on behind the last item
   */
  byte[] next() {
    try {
      byte[] item = file.input().readNBytes(itemBytes);
      if (item.length < itemBytes) {
        throw new EOFException();
      }
      read++;
      if (read == items && file.input().read() >= 0) {
        throw new DataException(
            "%s: goes on behind the %d items of its header, expected its end: fetch the file again"
                .formatted(path(), items));
      }
      return item;
    } catch (EOFException e) {
      throw new DataException(
          "%s: ends after %d items, expected the %d of its header: fetch the file again"
              .formatted(path(), read, items),
          e);
    } catch (IOException e) {
      throw unreadable(path(), e);
    }
  }

  private static DataException unreadable(Path path, IOException e) {
    return DataFile.unreadable(path, "IDX", e);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
