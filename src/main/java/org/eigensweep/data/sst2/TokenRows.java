package org.eigensweep.data.sst2;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;

/**
 * Sentences as rows of token ids: {@code [CLS]}, the pieces, {@code [SEP]}.
 *
 * @param vocabulary what the ids stand for
 * @param sentences what was split
 * @param rows the ids of each sentence, {@code [CLS]} and {@code [SEP]} included, of any length
 */
record TokenRows(Vocabulary vocabulary, List<Sentence> sentences, List<List<Integer>> rows) {
  static TokenRows of(Vocabulary vocabulary, List<Sentence> sentences) {
    WordPiece tokenizer = new WordPiece(vocabulary);
    List<List<Integer>> rows = new ArrayList<>();
    for (Sentence sentence : sentences) {
      List<Integer> row = new ArrayList<>();
      row.add(vocabulary.begin());
      row.addAll(tokenizer.pieces(sentence.text()));
      row.add(vocabulary.end());
      rows.add(row);
    }
    return new TokenRows(vocabulary, sentences, rows);
  }

  /** Tokens of the longest row; 0 if there is none. */
  int longest() {
    return rows.stream().mapToInt(List::size).max().orElse(0);
  }

  /**
   * The rows as examples of {@code length} tokens: a plane of ids, filled up with {@code [PAD]},
   * and a plane of the attention mask, 1 for a token and 0 for what fills up. A row that is longer
   * loses its last pieces and keeps {@code [SEP]}.
   *
   * @param path where the sentences stand, for provenance
   */
  Dataset dataset(Path path, int length) {
    long cut = rows.stream().filter(row -> row.size() > length).count();
    String source =
        "sst2:%s[0:%d],longest %d of %d tokens%s,%s"
            .formatted(
                path,
                rows.size(),
                longest(),
                length,
                cut == 0 ? "" : " (%d rows cut)".formatted(cut),
                vocabulary.description());
    int[] labels = sentences.stream().mapToInt(Sentence::label).toArray();
    InputShape shape = new InputShape(2, 1, length);
    return Dataset.of(source, shape, SentenceFile.CLASSES, planes(length), labels);
  }

  private float[] planes(int length) {
    float[] planes = new float[rows.size() * 2 * length];
    for (int i = 0; i < rows.size(); i++) {
      List<Integer> row = rows.get(i);
      int tokens = Math.min(row.size(), length);
      int ids = i * 2 * length;
      int mask = ids + length;
      for (int t = 0; t < length; t++) {
        planes[ids + t] = t < tokens ? row.get(t) : vocabulary.pad();
        planes[mask + t] = t < tokens ? 1 : 0;
      }
      planes[ids + tokens - 1] = vocabulary.end();
    }
    return planes;
  }
}
