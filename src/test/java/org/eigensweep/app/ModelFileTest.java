package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.network.saved.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir private Path folder;

  /** Sparse: 100 GB that take no room. */
  @Test
  void refusesAFileThatTheHeapCannotHold() throws IOException {
    Path file = folder.resolve("large.zip");
    long size = 100_000_000_000L;
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(size);
    }
    assertThatThrownBy(() -> ModelFile.read(file.toString(), Mode.TRAINING, new Configuration()))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "%s: %d bytes, expected at most \\d+, half of the Java heap and no more than 2 GiB: raise EIGENSWEEP_DRIVER_MEMORY"
                .formatted(file, size));
  }
}
