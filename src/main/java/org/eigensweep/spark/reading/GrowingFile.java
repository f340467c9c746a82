package org.eigensweep.spark.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows of a file that a running sweep replaces by longer ones, read whole as the file is when
 * it is opened. Spark's own reader notes a file's length when it lists it, and passes over the rows
 * of one that has since become more than twice as long.
 */
final class GrowingFile implements Iterator<Row> {
  private final ParquetReader<Group> reader;
  private final StructType schema;
  private Group next;

  private GrowingFile(ParquetReader<Group> reader, StructType schema, Group first) {
    this.reader = reader;
    this.schema = schema;
    this.next = first;
  }

  /**
   * Opens a file for the running task.
   *
   * @param schema the table's columns; those that the file has not are null
   * @throws IOException if it is not there after a while, or cannot be read
   */
  static Iterator<Row> open(Path file, Configuration hadoop, StructType schema) throws IOException {
    Patience patience = new Patience();
    while (true) {
      try {
        return opened(file, hadoop, schema);
      } catch (IOException | RuntimeException e) { // Parquet throws both
        if (!patience.waits()) {
          throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
        }
      }
    }
  }

  private static Iterator<Row> opened(Path file, Configuration hadoop, StructType schema)
      throws IOException {
    ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file).withConf(hadoop).build();
    try {
      GrowingFile rows = new GrowingFile(reader, schema, reader.read());
      TaskCompletionListener closing = task -> rows.close();
      TaskContext.get().addTaskCompletionListener(closing);
      return rows;
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Row row = row(next);
    try {
      next = reader.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return row;
  }

  private Row row(Group from) {
    Object[] values = new Object[schema.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(from, schema.apply(i));
    }
    return RowFactory.create(values);
  }

  private static Object value(Group from, StructField column) {
    String name = column.name();
    if (!from.getType().containsField(name) || from.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    DataType type = column.dataType();
    if (type.equals(DataTypes.StringType)) {
      return from.getString(name, 0);
    } else if (type.equals(DataTypes.DoubleType)) {
      return from.getDouble(name, 0);
    } else if (type.equals(DataTypes.IntegerType)) {
      return from.getInteger(name, 0);
    } else if (type.equals(DataTypes.LongType)) {
      return from.getLong(name, 0);
    }
    throw new IllegalArgumentException(name + " is of type " + type);
  }
}
