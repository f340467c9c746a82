package org.eigensweep.data.sst2;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileSystems;

/** The tokens of a WordPiece tokeniser, each with its id, special ones included. */
final class Vocabulary {
  private static final String PAD = "[PAD]";
  private static final String UNKNOWN = "[UNK]";
  private static final String BEGIN = "[CLS]";
  private static final String END = "[SEP]";

  /** In the order of their ids where a vocabulary is built. */
  private static final List<String> SPECIAL = List.of(PAD, UNKNOWN, BEGIN, END);

  private final Map<String, Integer> ids;
  private final String origin;

  private Vocabulary(Map<String, Integer> ids, String origin) {
    this.ids = ids;
    this.origin = origin;
  }

  /**
   * Reads a vocabulary from a text file, plain or gzipped: one token a line, from id 0 up.
   *
   * @param hadoop configuration of the file system that {@code file} names
   * @param most the largest number of tokens it may have
   * @throws DataException if the file is missing or damaged, has a token twice, an empty line or
   *     more tokens than that, or lacks one of the special tokens
   */
  static Vocabulary read(String file, Configuration hadoop, int most) {
    try {
      Path given = new Path(file);
      FileSystem files = FileSystems.of(given, hadoop);
      Path path = files.makeQualified(given);
      if (!files.exists(path)) {
        throw new DataException(
            "%s: no such file, expected a WordPiece vocabulary, one token a line: correct the path"
                .formatted(path));
      }
      return read(files, path, most);
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          ("vocabulary '%s': cannot be reached (%s),"
                  + " expected a file on a file system that Hadoop is configured for")
              .formatted(file, DataException.firstLine(e)),
          e);
    }
  }

  private static Vocabulary read(FileSystem files, Path path, int most) throws IOException {
    Map<String, Integer> ids = new HashMap<>();
    try (TextLines lines = TextLines.open(files, path)) {
      for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
        String token = next.get();
        if (token.isBlank()) {
          throw lines.malformed("empty, expected a token: its place is its id");
        }
        Integer earlier = ids.putIfAbsent(token, ids.size());
        if (earlier != null) {
          throw lines.malformed(
              "token '%s' of row %d again, expected each token once: its place is its id"
                  .formatted(token, earlier + 1));
        }
        if (ids.size() > most) {
          throw new DataException(
              "%s: more than %d tokens, expected no more: raise the size of the vocabulary"
                  .formatted(path, most));
        }
      }
    }
    for (String special : SPECIAL) {
      if (!ids.containsKey(special)) {
        throw new DataException(
            "%s: no token %s, expected %s: is it a WordPiece vocabulary, one token a line?"
                .formatted(path, special, String.join(", ", SPECIAL)));
      }
    }
    return new Vocabulary(ids, "from " + path);
  }

  /**
   * Builds a vocabulary from text: the special tokens; the characters of all words, by code point;
   * the same as pieces that go on a word; whole words, the more frequent first and equally frequent
   * ones in alphabetical order, as many as fit.
   *
   * @param path the file that the text stands in, for messages
   * @param texts its rows
   * @param most the largest number of tokens to take
   * @throws DataException if not even the characters fit
   */
  static Vocabulary build(Path path, List<String> texts, int most) {
    TreeSet<Integer> characters = new TreeSet<>();
    Map<String, Integer> counts = new HashMap<>();
    for (String text : texts) {
      for (String word : BasicTokenizer.words(text)) {
        counts.merge(word, 1, Integer::sum);
        word.codePoints().forEach(characters::add);
      }
    }
    int least = SPECIAL.size() + 2 * characters.size();
    if (least > most) {
      throw new DataException(
          ("%s: vocabulary of %d tokens asked for, expected at least %d,"
                  + " the special ones and %d characters twice: ask for more")
              .formatted(path, most, least, characters.size()));
    }
    Map<String, Integer> ids = new LinkedHashMap<>();
    SPECIAL.forEach(token -> ids.putIfAbsent(token, ids.size()));
    characters.forEach(c -> ids.putIfAbsent(Character.toString(c), ids.size()));
    characters.forEach(c -> ids.putIfAbsent(WordPiece.GOES_ON + Character.toString(c), ids.size()));
    counts.keySet().stream()
        .filter(word -> !ids.containsKey(word) && !WordPiece.isTooLong(word))
        .sorted(
            Comparator.<String>comparingInt(word -> -counts.get(word))
                .thenComparing(Comparator.naturalOrder()))
        .limit(most - ids.size())
        .toList()
        .forEach(word -> ids.put(word, ids.size()));
    return new Vocabulary(ids, "built from %d rows".formatted(texts.size()));
  }

  /** How many tokens there are and where they come from, for provenance. */
  String description() {
    return "vocabulary of %d tokens %s".formatted(ids.size(), origin);
  }

  /** The id of a piece, if the vocabulary has it. */
  OptionalInt id(String piece) {
    Integer id = ids.get(piece);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** The id that fills a row up. */
  int pad() {
    return ids.get(PAD);
  }

  /** The id of a word that has no match. */
  int unknown() {
    return ids.get(UNKNOWN);
  }

  /** The id that every row begins with. */
  int begin() {
    return ids.get(BEGIN);
  }

  /** The id that ends the text of every row. */
  int end() {
    return ids.get(END);
  }
}
