package org.eigensweep.data.sst2;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataFolder;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.Split;

/** The folder that holds SST-2's files, found and open for reading. */
final class Sst2Folder {
  private final DataFolder folder;
  private final Configuration hadoop;

  private Sst2Folder(DataFolder folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /**
   * Finds the folder: the sub-folder {@code sst2} of {@code dir} where there is one, else {@code
   * dir} itself.
   *
   * @throws DataException if {@code dir} is no folder, or no file system serves it
   */
  static Sst2Folder find(String dir, Configuration hadoop) {
    return new Sst2Folder(DataFolder.find("SST-2", dir, hadoop, "sst2"), hadoop);
  }

  /**
   * Reads and tokenises what a source asks for.
   *
   * @throws DataException if a file is missing or malformed or has fewer rows, or a training row is
   *     too long
   */
  Split read(Sst2Files asked) {
    Path trainPath = folder.require("train.tsv");
    Path testPath = folder.require("dev.tsv");
    Vocabulary vocabulary = vocabulary(asked.tokens(), trainPath);
    Dataset train = train(asked, trainPath, vocabulary);
    TokenRows test = rows(testPath, asked.testExamples(), vocabulary);
    return new Split(train, test.dataset(testPath, asked.maxLength()));
  }

  /**
   * Reads and tokenises the training rows alone.
   *
   * @throws DataException if the file is missing or malformed or has fewer rows, or a row is too
   *     long
   */
  Dataset readTraining(Sst2Files asked) {
    Path path = folder.require("train.tsv");
    return train(asked, path, vocabulary(asked.tokens(), path));
  }

  private Dataset train(Sst2Files asked, Path trainPath, Vocabulary vocabulary) {
    TokenRows train = rows(trainPath, asked.trainExamples(), vocabulary);
    if (train.longest() > asked.maxLength()) {
      throw new DataException(
          ("%s: the longest of the first %d rows has %d tokens, expected at most the %d asked for:"
                  + " raise the length to %d")
              .formatted(
                  trainPath,
                  asked.trainExamples(),
                  train.longest(),
                  asked.maxLength(),
                  train.longest()));
    }
    return train.dataset(trainPath, asked.maxLength());
  }

  private Vocabulary vocabulary(VocabularySource source, Path trainPath) {
    if (source instanceof VocabularySource.Listed listed) {
      return Vocabulary.read(listed.path(), hadoop, listed.size());
    }
    // Of all rows, so that the ids do not change with the number of examples.
    List<Sentence> all = SentenceFile.read(folder.files(), trainPath, Integer.MAX_VALUE);
    return Vocabulary.build(trainPath, all.stream().map(Sentence::text).toList(), source.size());
  }

  private TokenRows rows(Path path, int examples, Vocabulary vocabulary) {
    List<Sentence> sentences = SentenceFile.read(folder.files(), path, examples);
    ExampleCounts.checkFound(path, sentences.size(), examples);
    return TokenRows.of(vocabulary, sentences);
  }
}
