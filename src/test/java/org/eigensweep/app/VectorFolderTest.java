package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.spark.failure.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of vectors is there whole or not at all. */
class VectorFolderTest {
  @TempDir private Path folder;

  /** The local file system under another name, full after some bytes. */
  public static final class FullFileSystem extends RawLocalFileSystem {
    private int left = 200;

    @Override
    public URI getUri() {
      return URI.create("full:///");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        org.apache.hadoop.util.Progressable progress)
        throws IOException {
      OutputStream out = super.create(path, overwrite, buffer, replication, block, progress);
      return new FSDataOutputStream(
          new OutputStream() {
            @Override
            public void write(int b) throws IOException {
              if (left-- == 0) {
                throw new IOException("no space left");
              }
              out.write(b);
            }

            @Override
            public void close() throws IOException {
              out.close();
            }
          },
          null);
    }
  }

  private static HostMatrix column(double... values) {
    return new HostMatrix.Doubles(values.length, 1, values);
  }

  @Test
  void leavesNothingOfAFailedWrite() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.full.impl", FullFileSystem.class, FullFileSystem.class);
    String given = "full://" + folder.resolve("vectors");
    try (VectorFolder vectors = VectorFolder.open(given, hadoop)) {
      Map<String, HostMatrix> matrices = Map.of("a.npy", column(1, 2), "b.npy", column(3, 4));
      assertThatThrownBy(() -> vectors.write(matrices))
          .isInstanceOf(OutputException.class)
          .hasMessage(
              given
                  + ": cannot be written (no space left), expected a folder that can be made;"
                  + " choose another");
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void makesTheFolderAndThoseAboveIt() throws IOException {
    Path target = folder.resolve("new/vectors");
    try (VectorFolder vectors = VectorFolder.open(target.toString(), new Configuration())) {
      vectors.write(Map.of("a.npy", column(1, 2)));
    }
    try (Stream<Path> made = Files.walk(folder)) {
      // no checksums beside the files either
      assertThat(made.filter(Files::isRegularFile)).containsExactly(target.resolve("a.npy"));
    }
    byte[] bytes = Files.readAllBytes(target.resolve("a.npy"));
    assertThat(bytes).hasSize(128 + 16);
    // 2.0 in little-endian order
    assertThat(Arrays.copyOfRange(bytes, 136, 144)).containsExactly(0, 0, 0, 0, 0, 0, 0, 0x40);
    assertThatThrownBy(() -> VectorFolder.open("/", new Configuration()))
        .hasMessage(
            "/ is there already, expected a new folder for the vectors; choose another or delete"
                + " it");
  }
}
