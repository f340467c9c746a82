package org.eigensweep.data.sst2;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;

/**
 * An open text file in UTF-8, plain or gzipped, read line by line from the front. Every fault is a
 * {@link DataException} that names the path, and where it can the row, counted from 1.
 */
final class TextLines implements Closeable {
  /** Four thousand times the longest sentence of SST-2: a longer line is no text, or no end. */
  static final int LONGEST = 1 << 20;

  /** The byte order mark, which some editors put before the text. */
  private static final String MARK = "\uFEFF";

  private final Path path;
  private final BufferedReader reader;
  private int row;

  private TextLines(DataFile file) {
    this.path = file.path();
    // Bytes for now: each line is decoded by itself, so that a fault has a row.
    this.reader =
        new BufferedReader(new InputStreamReader(file.input(), StandardCharsets.ISO_8859_1));
  }

  /**
   * Opens a file.
   *
   * @throws DataException if it is missing or cannot be read
   */
  static TextLines open(FileSystem files, Path path) {
    try {
      return new TextLines(DataFile.open(files, path));
    } catch (IOException e) {
      throw DataFile.unreadable(path, "text", e);
    }
  }

  /**
   * Reads the next line.
   *
   * @return its text without the line's end; empty behind the last one
   * @throws DataException if the file is damaged there, or the line is not UTF-8 or too long
   */
  Optional<String> next() {
    try {
      int first = reader.read();
      if (first < 0) {
        return Optional.empty();
      }
      row++;
      ByteBuffer bytes = ByteBuffer.wrap(rest(first).getBytes(StandardCharsets.ISO_8859_1));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return Optional.of(row == 1 && text.startsWith(MARK) ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8, expected text: is it another file under this name?");
    } catch (IOException e) {
      throw DataFile.unreadable(path, "text", e);
    }
  }

  /** The line from a first character on; a reader's own lines have no limit. */
  private String rest(int first) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = first;
    while (next >= 0 && next != '\n' && next != '\r') {
      if (line.length() == LONGEST) {
        throw malformed(
            "longer than %d bytes, expected lines of text: is it another file under this name?"
                .formatted(LONGEST));
      }
      line.append((char) next);
      next = reader.read();
    }
    if (next == '\r') {
      reader.mark(1);
      if (reader.read() != '\n') {
        reader.reset();
      }
    }
    return line.toString();
  }

  /** Rows read so far, which is the number of the last one. */
  int row() {
    return row;
  }

  /** A fault of the row that was read last. */
  DataException malformed(String problem) {
    return new DataException("%s: row %d: %s".formatted(path, row, problem));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
