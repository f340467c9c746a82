package org.eigensweep.data.sst2;

import java.io.Serializable;

/** Where the vocabulary of a text comes from. */
public sealed interface VocabularySource extends Serializable {
  /**
   * The largest number of tokens, known without loading: ids lie in [0, size), and a model's table
   * of embeddings has as many rows, used or not.
   */
  int size();

  /**
   * Built from all rows of the training file: its characters, then its words by frequency.
   *
   * @param size tokens to take at most, special ones included
   */
  record Built(int size) implements VocabularySource {}

  /**
   * Read from a file such as BERT's {@code vocab.txt}: one token a line, the id its place from 0.
   *
   * @param path the file, a Hadoop path, plain or gzipped
   * @param size tokens that the file may have at most
   */
  record Listed(String path, int size) implements VocabularySource {}
}
