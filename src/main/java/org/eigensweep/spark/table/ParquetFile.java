package org.eigensweep.spark.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/** Parquet files, by Parquet's own library and without Spark: a trial's rows fit into memory. */
final class ParquetFile {
  private ParquetFile() {}

  /**
   * The bytes of a file.
   *
   * @param schema of the rows
   * @param metadata kept beside the rows
   */
  static byte[] of(MessageType schema, Map<String, String> metadata, Stream<Group> rows)
      throws IOException {
    InMemory file = new InMemory();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(file)
            .withConf(new Configuration(false))
            .withType(schema)
            .withExtraMetaData(metadata)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      for (Iterator<Group> all = rows.iterator(); all.hasNext(); ) {
        writer.write(all.next());
      }
    }
    return file.bytes.toByteArray();
  }

  /**
   * What is known of a file without reading its rows.
   *
   * @param metadata kept beside the rows
   * @param rows how many there are
   */
  record Footer(Map<String, String> metadata, long rows) {}

  /** What is known of a file without reading its rows. */
  static Footer footer(Path path, Configuration hadoop) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, hadoop))) {
      return new Footer(
          reader.getFooter().getFileMetaData().getKeyValueMetaData(), reader.getRecordCount());
    } catch (RuntimeException e) { // what Parquet throws where a file is none of its own
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Shows each row of a file in turn, and keeps none. */
  static void forEach(Path path, Configuration hadoop, RowVisitor visitor) throws IOException {
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).withConf(hadoop).build()) {
      for (Group row = next(reader); row != null; row = next(reader)) {
        visitor.visit(new Cells(row));
      }
    }
  }

  private static Group next(ParquetReader<Group> reader) throws IOException {
    try {
      return reader.read();
    } catch (RuntimeException e) { // as above
      throw new IOException(e.getMessage(), e);
    }
  }

  private static final class InMemory implements OutputFile {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public PositionOutputStream create(long blockSize) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return bytes.size();
        }

        @Override
        public void write(int b) {
          bytes.write(b);
        }

        @Override
        public void write(byte[] some, int from, int length) {
          bytes.write(some, from, length);
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
