package org.eigensweep.spark.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.StructType;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.SealedFile;

/**
 * A Parquet table: a folder with a file a trial or a study. A file is written beside its place and
 * moved there when it is whole, so readers never see a part of one.
 *
 * @param name the table's name, and its folder's within the output folder
 * @param columns the columns, in order
 */
public record Table<T>(String name, List<Column<T>> columns) {
  /**
   * The version of all tables' columns, kept in each file. It changes when a column gets another
   * name or meaning, not when one is added.
   */
  public static final int SCHEMA = 1;

  private static final String SCHEMA_KEY = "eigensweep.schema";

  /** Where Spark keeps and looks for the comments of columns. */
  private static final String SPARK_KEY = "org.apache.spark.sql.parquet.row.metadata";

  private static final String ENDING = ".parquet";

  /** The columns of a table of trials: those that identify the trial, then its own. */
  @SafeVarargs
  @SuppressWarnings("varargs") // read, and kept nowhere
  static <T> List<Column<T>> columns(Stream<Column<T>> identity, Column<T>... own) {
    return Stream.concat(identity, Stream.of(own)).toList();
  }

  /** The file of a trial or a study. */
  public Path file(String output, String id) {
    return new Path(output, path(id));
  }

  /** Its path below the output folder. */
  public String path(String id) {
    return name + "/" + id + ENDING;
  }

  /** The table's folder. */
  public Path folder(String output) {
    return new Path(output, name);
  }

  /** Whether readers of tables pass over a file or a folder of this name. */
  public static boolean isHidden(String name) {
    return name.startsWith("_") || name.startsWith(".");
  }

  /** The trial or study whose file has this name; empty if readers of tables pass over it. */
  public static Optional<String> idOf(String fileName) {
    return isHidden(fileName) || !fileName.endsWith(ENDING)
        ? Optional.empty()
        : Optional.of(fileName.substring(0, fileName.length() - ENDING.length()));
  }

  /**
   * Writes all rows of a trial or a study, in place of earlier ones.
   *
   * @return the SHA-256 of the file, in hexadecimal
   */
  public String write(FileSystem files, String output, String id, List<T> sources)
      throws IOException {
    MessageType schema = schema();
    byte[] content =
        ParquetFile.of(schema, metadata(), sources.stream().map(source -> row(schema, source)));
    NewFile.replace(files, file(output, id), out -> out.write(content));
    return SealedFile.sum(content);
  }

  private MessageType schema() {
    List<Type> types = columns.stream().<Type>map(c -> c.type().parquet(c.name())).toList();
    return new MessageType(name, types);
  }

  private Map<String, String> metadata() {
    return Map.of(SCHEMA_KEY, String.valueOf(SCHEMA), SPARK_KEY, sparkSchema().json());
  }

  /** The columns as Spark knows them, with their comments; any value may be missing. */
  public StructType sparkSchema() {
    StructType schema = new StructType();
    for (Column<T> column : columns) {
      schema = schema.add(column.name(), column.type().spark(), true, column.comment());
    }
    return schema;
  }

  private Group row(MessageType schema, T source) {
    Group row = new SimpleGroup(schema);
    for (Column<T> column : columns) {
      Object value = column.value().apply(source);
      if (value != null) {
        column.type().add(row, column.name(), value);
      }
    }
    return row;
  }

  /**
   * What is made of each row of a trial or a study.
   *
   * @throws OutputException if the file has another version of the columns
   * @throws IOException if it cannot be read, or is no Parquet
   */
  public <R> List<R> read(Configuration hadoop, String output, String id, Function<Cells, R> made)
      throws IOException {
    List<R> all = new ArrayList<>();
    forEach(hadoop, output, id, row -> all.add(made.apply(row)));
    return all;
  }

  /**
   * Shows each row of a trial or a study in turn, and keeps none.
   *
   * @throws OutputException if the file has another version of the columns
   * @throws IOException if it cannot be read, or is no Parquet, or if the visitor throws it
   */
  public void forEach(Configuration hadoop, String output, String id, RowVisitor visitor)
      throws IOException {
    Path file = file(output, id);
    countRows(file, hadoop);
    ParquetFile.forEach(file, hadoop, visitor);
  }

  /** The names of the columns, in order. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * The number of rows of a file of any table.
   *
   * @throws OutputException if the file has another version of the columns
   * @throws IOException if it cannot be read, or is no Parquet
   */
  public static long countRows(Path file, Configuration hadoop) throws IOException {
    ParquetFile.Footer footer = ParquetFile.footer(file, hadoop);
    String found = footer.metadata().getOrDefault(SCHEMA_KEY, "none");
    if (!found.equals(String.valueOf(SCHEMA))) {
      throw new OutputException(
          "%s has version %s of the tables, expected %d; read it with the eigensweep that wrote it, or choose another folder"
              .formatted(file, found, SCHEMA));
    }
    return footer.rows();
  }
}
