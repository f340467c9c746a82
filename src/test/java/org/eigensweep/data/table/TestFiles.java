package org.eigensweep.data.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Files spelled out byte by byte, as other programs leave them. */
public final class TestFiles {
  private TestFiles() {}

  /** An array in version 1 of NumPy's format, its header filled up to 64 bytes as NumPy does. */
  public static byte[] npy(String descr, boolean fortran, String shape, byte[] numbers) {
    String order = fortran ? "True" : "False";
    return npy(
        1,
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(descr, order, shape),
        numbers);
  }

  /** An array with any header. */
  public static byte[] npy(int version, String dictionary, byte[] numbers) {
    int before = version == 1 ? 10 : 12;
    byte[] text = dictionary.getBytes(version == 3 ? UTF_8 : ISO_8859_1);
    int length = (before + text.length + 1 + 63) / 64 * 64 - before;
    ByteBuffer bytes =
        ByteBuffer.allocate(before + length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("\u0093NUMPY".getBytes(ISO_8859_1)).put((byte) version).put((byte) 0);
    if (version == 1) {
      bytes.putShort((short) length);
    } else {
      bytes.putInt(length);
    }
    bytes.put(text);
    while (bytes.position() < before + length - 1) {
      bytes.put((byte) ' ');
    }
    return bytes.put((byte) '\n').put(numbers).array();
  }

  public static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  public static byte[] doubles(ByteOrder order, double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(order);
    for (double value : values) {
      bytes.putDouble(value);
    }
    return bytes.array();
  }

  /** An IDX file: its type, sizes and numbers as they are. */
  public static byte[] idx(int type, int[] sizes, byte[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + numbers.length);
    bytes.put(bytes(0, 0, type, sizes.length));
    IntStream.of(sizes).forEach(bytes::putInt);
    return bytes.put(numbers).array();
  }

  /** A zip file of an entry each: name, bytes, name, bytes, ... */
  public static byte[] zip(Object... entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write((byte[]) entries[i + 1]);
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(bytes);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Parquet file by Parquet's own library, a row for each way to fill one. */
  public static Path parquet(Path file, String schema, List<Consumer<Group>> rows) {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    SimpleGroupFactory groups = new SimpleGroupFactory(type);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration(false))
            .withType(type)
            .withRowGroupSize(2000L)
            .withPageSize(200)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = groups.newGroup();
        row.accept(group);
        writer.write(group);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** Puts an array of integers into a field of three levels, as Spark and Arrow write it. */
  public static Consumer<Group> list(String field, int... values) {
    return row -> {
      Group list = row.addGroup(field);
      for (int value : values) {
        list.addGroup("list").add("element", value);
      }
    };
  }
}
