package org.eigensweep.data.sst2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFile;

/**
 * A file of labelled sentences as GLUE lays out SST-2: a header, then a row a sentence, the
 * sentence and its label parted by a tab.
 */
final class SentenceFile {
  static final int CLASSES = 2;
  private static final String HEADER = "sentence\tlabel";

  /** Characters of a row that a message quotes. */
  private static final int QUOTED = 40;

  private SentenceFile() {}

  /**
   * Reads sentences from the front.
   *
   * @param most how many; no more are read or inflated
   * @return as many, or all if there are fewer, in file order
   * @throws DataException if the file is missing, damaged or malformed as far as it is read
   */
  static List<Sentence> read(FileSystem files, Path path, int most) {
    try (TextLines lines = TextLines.open(files, path)) {
      checkHeader(path, lines);
      List<Sentence> sentences = new ArrayList<>();
      while (sentences.size() < most) {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
          break;
        }
        sentences.add(parse(line.get(), lines));
      }
      return sentences;
    } catch (IOException e) {
      throw DataFile.unclosed(path, e);
    }
  }

  private static void checkHeader(Path path, TextLines lines) {
    Optional<String> header = lines.next();
    if (header.isEmpty()) {
      throw new DataException(
          "%s: empty, expected the header '%s': fetch the file again"
              .formatted(path, show(HEADER)));
    }
    if (!header.get().equals(HEADER)) {
      throw lines.malformed(
          "header '%s', expected '%s': is it GLUE's SST-2?"
              .formatted(show(header.get()), show(HEADER)));
    }
  }

  private static Sentence parse(String line, TextLines lines) {
    int tab = line.indexOf('\t');
    if (tab < 0) {
      throw lines.malformed(
          "no tab in '%s', expected %s: fetch the file again".formatted(show(line), show(HEADER)));
    }
    String text = line.substring(0, tab);
    if (text.isBlank()) {
      throw lines.malformed(
          "empty sentence, expected %s: fetch the file again".formatted(show(HEADER)));
    }
    return new Sentence(
        text,
        switch (line.substring(tab + 1)) {
          case "0" -> 0;
          case "1" -> 1;
          default ->
              throw lines.malformed(
                  "label '%s', expected 0 or 1: fetch the file again"
                      .formatted(show(line.substring(tab + 1))));
        });
  }

  /** A row, or its beginning, as a message quotes it: with tabs that can be seen. */
  private static String show(String row) {
    String beginning = row.length() > QUOTED ? row.substring(0, QUOTED) + "..." : row;
    return beginning.replace("\t", "<TAB>");
  }
}
