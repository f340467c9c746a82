package org.eigensweep.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataFile;

/** A file's bytes, inflated where it is gzipped. */
record FileBytes(FileSystem files, Path path) implements ByteSource {
  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public OptionalLong length() throws IOException {
    try (DataFile file = DataFile.open(files, path)) {
      return file.length();
    }
  }

  @Override
  public InputStream open() throws IOException {
    return DataFile.open(files, path).input();
  }

  /** The first bytes, fewer where there are fewer. */
  byte[] head(int count) throws IOException {
    try (InputStream input = open()) {
      return input.readNBytes(count);
    }
  }
}
