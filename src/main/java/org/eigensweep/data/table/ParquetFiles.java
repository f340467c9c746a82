package org.eigensweep.data.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.eigensweep.data.DataException;

/** A Parquet file, or a folder of them as Spark leaves one, read column by column. */
record ParquetFiles(Path path, Configuration hadoop, List<Path> parts) {
  private static final String END = ".parquet";

  static boolean begins(byte[] head) {
    return head.length >= 4 && head[0] == 'P' && head[1] == 'A' && head[2] == 'R' && head[3] == '1';
  }

  static ParquetFiles file(Path path, Configuration hadoop) {
    return new ParquetFiles(path, hadoop, List.of(path));
  }

  /** The files of a folder in the order of their names, empty where there are none. */
  static Optional<ParquetFiles> folder(FileSystem files, Path path, Configuration hadoop)
      throws IOException {
    return of(files.listStatus(path), path, hadoop);
  }

  /** The files whose names a pattern allows in the order of their names, likewise. */
  static Optional<ParquetFiles> matching(FileSystem files, Path pattern, Configuration hadoop)
      throws IOException {
    FileStatus[] found = files.globStatus(pattern);
    return found == null ? Optional.empty() : of(found, pattern, hadoop);
  }

  private static Optional<ParquetFiles> of(FileStatus[] found, Path path, Configuration hadoop) {
    List<Path> parts =
        Arrays.stream(found)
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(part -> part.getName().endsWith(END) && !part.getName().startsWith("_"))
            .filter(part -> !part.getName().startsWith("."))
            .sorted()
            .toList();
    return parts.isEmpty() ? Optional.empty() : Optional.of(new ParquetFiles(path, hadoop, parts));
  }

  /** The names of the columns. */
  List<String> columns() {
    return schema().getFields().stream().map(ParquetColumn::name).toList();
  }

  MessageType schema() {
    return opened(parts.get(0), reader -> reader.getFileMetaData().getSchema());
  }

  long rows() {
    long rows = 0;
    for (Path part : parts) {
      rows += opened(part, ParquetFileReader::getRecordCount);
    }
    return rows;
  }

  /**
   * The columns of some names in a file of the folder.
   *
   * @throws DataException if it lacks one
   */
  private List<ParquetColumn> columns(Path part, MessageType schema, List<String> names) {
    List<ParquetColumn> columns = new ArrayList<>();
    for (String name : names) {
      Type field =
          schema.getFields().stream()
              .filter(each -> ParquetColumn.name(each).equals(name))
              .findFirst()
              .orElseThrow(() -> missing(part, schema, name));
      columns.add(ParquetColumn.of(part.toString(), schema, field));
    }
    return columns;
  }

  List<ParquetColumn> columns(List<String> names) {
    return columns(parts.get(0), schema(), names);
  }

  static DataException missing(Path part, MessageType schema, String name) {
    List<String> names = schema.getFields().stream().map(ParquetColumn::name).toList();
    String listed = String.join(", ", names.subList(0, Math.min(10, names.size())));
    return new DataException(
        "%s: no column %s, expected one of %s%s"
            .formatted(
                part,
                name,
                listed,
                names.size() > 10 ? " and %d more".formatted(names.size() - 10) : ""));
  }

  /** What takes the numbers of the columns. */
  interface Sink {
    void put(int column, long row, int element, double value);

    void end(int column, long row, int elements);
  }

  /**
   * Reads the first rows of some columns.
   *
   * @throws DataException if a file is damaged, lacks a column, or has a null
   */
  void read(List<String> names, long rows, Sink sink) {
    long before = 0;
    for (Path part : parts) {
      long from = before;
      if (from < rows) {
        before += opened(part, reader -> read(reader, part, names, new Range(from, rows), sink));
      }
    }
  }

  /** Rows from one, which is the first of a file, to before another. */
  private record Range(long from, long to) {}

  private long read(ParquetFileReader reader, Path part, List<String> names, Range range, Sink sink)
      throws IOException {
    MessageType schema = reader.getFileMetaData().getSchema();
    List<ParquetColumn> columns = columns(part, schema, names);
    MessageType wanted =
        new MessageType(schema.getName(), columns.stream().map(ParquetColumn::field).toList());
    reader.setRequestedSchema(wanted);
    long row = range.from();
    while (row < range.to()) {
      PageReadStore group = reader.readNextRowGroup();
      if (group == null) {
        break;
      }
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              group, new Ignoring(wanted), wanted, reader.getFileMetaData().getCreatedBy());
      long count = Math.min(group.getRowCount(), range.to() - row);
      for (int i = 0; i < columns.size(); i++) {
        ParquetColumn column = columns.get(i);
        ColumnReader values = store.getColumnReader(column.leaf());
        column.read(values, row, count, numbered(i, sink));
      }
      row += group.getRowCount();
    }
    return row - range.from();
  }

  private static ParquetColumn.Elements numbered(int column, Sink sink) {
    return new ParquetColumn.Elements() {
      @Override
      public void put(long row, int element, double value) {
        sink.put(column, row, element, value);
      }

      @Override
      public void end(long row, int elements) {
        sink.end(column, row, elements);
      }
    };
  }

  private interface Reading<T> {
    T read(ParquetFileReader reader) throws IOException;
  }

  private <T> T opened(Path part, Reading<T> reading) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(part, hadoop))) {
      return reading.read(reader);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // Parquet throws both
      throw new DataException(
          "%s: cannot be read (%s), expected a Parquet file: fetch the file again"
              .formatted(part, DataException.firstLine(e)),
          e);
    }
  }

  /** The library reads columns for converters; here nobody converts. */
  private static final class Ignoring extends GroupConverter {
    private final GroupType group;

    Ignoring(GroupType group) {
      this.group = group;
    }

    @Override
    public Converter getConverter(int field) {
      Type type = group.getType(field);
      return type.isPrimitive() ? new PrimitiveConverter() {} : new Ignoring(type.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
