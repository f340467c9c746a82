package org.eigensweep.data.sst2;

import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;

/**
 * SST-2, sentences of film reviews with the feeling they show, from a folder of GLUE's files, plain
 * or gzipped: the first rows of {@code train.tsv}, and of {@code dev.tsv} as the test set, since
 * GLUE's own test set has no labels. Class 0 is negative, 1 positive.
 *
 * <p>A sentence is split into the pieces of an uncased WordPiece vocabulary, {@code [CLS]} before
 * and {@code [SEP]} behind them. An example is two planes of T values: token ids, filled up with
 * {@code [PAD]}, and the attention mask, 1 for a token and 0 for what fills up. Ids are held as
 * 32-bit floats, which are exact for them.
 *
 * <p>Song, Ahn and Yun (2025) fill the first 1000 rows up to the longest of them and average over
 * all positions, filling included; so T is part of the experiment, and is given rather than found:
 * models can be checked against it before any file is opened. A training row that is longer is a
 * fault whose message tells the length to ask for; a longer test row loses its last pieces, and
 * {@link Dataset#source} says how many rows did.
 *
 * @param dir folder, a Hadoop path: the one that holds {@code train.tsv} and {@code dev.tsv}, each
 *     plain or with {@code .gz}, or one whose sub-folder {@code sst2} holds them
 * @param trainExamples training examples to take, from the front, at least 1
 * @param testExamples test examples to take, from the front, at least 0
 * @param maxLength T, in tokens, {@code [CLS]} and {@code [SEP]} included
 * @param tokens where the vocabulary comes from, and its size
 */
public record Sst2Files(
    String dir, int trainExamples, int testExamples, int maxLength, VocabularySource tokens)
    implements DataSource {
  /** The smallest T: room for one piece. */
  public static final int LEAST_LENGTH = 3;

  /** The largest T, far above any sentence. */
  public static final int MOST_LENGTH = 1 << 16;

  /** The smallest vocabulary: the special tokens and one more. */
  public static final int LEAST_VOCABULARY = 5;

  /** The largest vocabulary: a 32-bit float holds every integer up to here, and not beyond. */
  public static final int MOST_VOCABULARY = 1 << 24;

  /**
   * Checks the sizes; the files are looked at when they are loaded.
   *
   * @throws DataException if a size is out of its range, or too large for one array
   */
  public Sst2Files {
    check("length of %d tokens", maxLength, LEAST_LENGTH, MOST_LENGTH);
    check("vocabulary of %d tokens", tokens.size(), LEAST_VOCABULARY, MOST_VOCABULARY);
    ExampleCounts.check(trainExamples, testExamples, 2 * maxLength);
  }

  private static void check(String what, int size, int least, int most) {
    if (size < least || size > most) {
      throw new DataException(
          "%s asked for, expected %d to %d".formatted(what.formatted(size), least, most));
    }
  }

  @Override
  public InputShape shape() {
    return new InputShape(2, 1, maxLength);
  }

  @Override
  public int classes() {
    return SentenceFile.CLASSES;
  }

  @Override
  public OptionalInt vocabulary() {
    return OptionalInt.of(tokens.size());
  }

  /**
   * Reads the first rows of both files and no more than those; but all of the training file where
   * the vocabulary is built from it, so that ids do not depend on the number of examples.
   *
   * @param hadoop configuration of the file systems that the paths name
   * @throws DataException if the folder or a file is missing, malformed as far as it is read, or
   *     holds fewer rows than asked for, or a training row is longer than {@code maxLength}
   */
  @Override
  public Split load(Configuration hadoop) {
    return Sst2Folder.find(dir, hadoop).read(this);
  }

  @Override
  public Dataset loadTraining(Configuration hadoop) {
    return Sst2Folder.find(dir, hadoop).readTraining(this);
  }
}
