package org.eigensweep.data.table;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigensweep.data.DataException;

/**
 * The header of an IDX file (as of MNIST): two zero bytes, the type, the number of dimensions, then
 * one 32-bit size a dimension, big-endian as the numbers.
 */
final class IdxHeader {
  private static final String FORMAT = "a plain or gzipped IDX file";

  private static final Map<Integer, ElementType> TYPES =
      Map.of(
          0x08, ElementType.UINT8,
          0x09, ElementType.INT8,
          0x0b, ElementType.INT16,
          0x0c, ElementType.INT32,
          0x0d, ElementType.FLOAT32,
          0x0e, ElementType.FLOAT64);

  private IdxHeader() {}

  /** Whether a file begins so: no other format here begins with two zeros. */
  static boolean begins(byte[] head) {
    return head.length >= 4
        && head[0] == 0
        && head[1] == 0
        && head[2] >= 0x08
        && head[2] <= 0x0e
        && head[3] >= 1;
  }

  /** Reads the header; the numbers come when they are asked for. */
  static NumberTable read(ByteSource source) {
    try (DataInputStream input = new DataInputStream(source.open())) {
      int magic = input.readInt();
      ElementType type = TYPES.get(magic >>> 8);
      if (type == null) {
        throw new DataException(
            "%s: IDX element type 0x%02x, expected 0x08, 0x09 or 0x0b to 0x0e"
                .formatted(source.name(), magic >>> 8));
      }
      int rank = magic & 0xff;
      List<Long> sizes = new ArrayList<>();
      for (int axis = 0; axis < rank; axis++) {
        long size = input.readInt();
        if (size < 0) {
          throw new DataException(
              "%s: size %d in its header, expected 0 or more: fetch the file again"
                  .formatted(source.name(), size));
        }
        sizes.add(size);
      }
      NumberBytes numbers =
          new NumberBytes(
              type, ByteOrder.BIG_ENDIAN, sizes.get(0), List.copyOf(sizes.subList(1, rank)));
      return BytesTable.checked(source, FORMAT, 4 + 4 * rank, numbers, BytesTable.Order.ROWS);
    } catch (EOFException e) {
      throw new DataException(
          "%s: ends inside its header, expected an IDX file: fetch the file again"
              .formatted(source.name()),
          e);
    } catch (IOException e) {
      throw BytesTable.unreadable(source, FORMAT, e);
    }
  }
}
