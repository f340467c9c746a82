package org.eigensweep.data.sst2;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileFolder;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a file or size: one line with the path, what was found and what was expected. */
final class Sst2FilesMalformedTest {
  private static final String SPECIAL = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n";

  @TempDir Path dir;

  private ThrowableAssertAlternative<DataException> loadingFails() {
    return loadingFails(3, 2, 8, new VocabularySource.Built(100));
  }

  private ThrowableAssertAlternative<DataException> loadingFails(VocabularySource vocabulary) {
    return loadingFails(3, 2, 20, vocabulary);
  }

  private ThrowableAssertAlternative<DataException> loadingFails(
      int train, int test, int length, VocabularySource vocabulary) {
    return assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                new Sst2Files(dir.toString(), train, test, length, vocabulary)
                    .load(new Configuration()))
        .matches(e -> e.getMessage().lines().count() == 1, "has a message of one line");
  }

  /** The fault of a training file with this text. */
  private void assertTrainFails(String text, String message) {
    FileFolder folder = FileFolder.sst2(dir).write("train.tsv", text);
    loadingFails().withMessage("%s: %s", folder.named("train.tsv"), message);
  }

  /** The fault of a vocabulary file with this text. */
  private void assertVocabularyFails(String text, String message) {
    FileFolder folder = FileFolder.sst2(dir).write("v.txt", text);
    loadingFails(new VocabularySource.Listed(dir + "/v.txt", 6))
        .withMessage("%s: %s", folder.named("v.txt"), message);
  }

  @Test
  void missingFiles() {
    FileFolder folder = new FileFolder(dir).write("train.tsv", "sentence\tlabel\n");

    loadingFails()
        .withMessage(
            "%s: no such file, nor %s, expected one of the two: put SST-2's file there, or name"
                + " the folder that holds it",
            folder.named("dev.tsv"), folder.named("dev.tsv.gz"));
  }

  @Test
  void missingFolder() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () ->
                new Sst2Files(dir + "/nowhere", 1, 1, 8, new VocabularySource.Built(9))
                    .load(new Configuration()))
        .withMessage(
            "file:%s/nowhere: no such folder, expected the one that holds the SST-2 files, or holds"
                + " them in a sub-folder sst2",
            dir);
  }

  @Test
  void wrongHeader() {
    assertTrainFails(
        "index\tsentence\n0\ta film\n",
        "row 1: header 'index<TAB>sentence', expected 'sentence<TAB>label': is it GLUE's SST-2?");
    assertTrainFails(
        "a".repeat(60) + "\n",
        "row 1: header '"
            + "a".repeat(40)
            + "...', expected 'sentence<TAB>label': is it GLUE's SST-2?");
    assertTrainFails("", "empty, expected the header 'sentence<TAB>label': fetch the file again");
  }

  @Test
  void malformedRows() {
    assertTrainFails(
        "sentence\tlabel\na\t1\na film 0\n",
        "row 3: no tab in 'a film 0', expected sentence<TAB>label: fetch the file again");
    assertTrainFails(
        "sentence\tlabel\n\na\t1\n",
        "row 2: no tab in '', expected sentence<TAB>label: fetch the file again");
    assertTrainFails(
        "sentence\tlabel\na\t1\na\t1\na\t2\n",
        "row 4: label '2', expected 0 or 1: fetch the file again");
    assertTrainFails(
        "sentence\tlabel\na\t1\tb\n",
        "row 2: label '1<TAB>b', expected 0 or 1: fetch the file again");
    assertTrainFails(
        "sentence\tlabel\n \t1\n",
        "row 2: empty sentence, expected sentence<TAB>label: fetch the file again");
  }

  /** A file without line ends may inflate to anything; no more of it is held than a line may be. */
  @Test
  void lineWithoutEnd() {
    String expected =
        ": longer than 1048576 bytes, expected lines of text: is it another file under this name?";
    String endless = "a".repeat(TextLines.LONGEST);
    assertTrainFails(endless + "a", "row 1" + expected);
    assertTrainFails("sentence\tlabel\r\na\t1\r" + endless + "\t0\n", "row 3" + expected);
    assertVocabularyFails("[PAD]\n" + endless + "a", "row 2" + expected);
  }

  @Test
  void faultsOfTheTestFileNameIt() {
    FileFolder folder = FileFolder.sst2(dir).write("dev.tsv", "sentence\tlabel\na\n");

    loadingFails()
        .withMessage(
            "%s: row 2: no tab in 'a', expected sentence<TAB>label: fetch the file again",
            folder.named("dev.tsv"));
  }

  @Test
  void notText() {
    FileFolder folder =
        FileFolder.sst2(dir)
            .write("train.tsv", "sentence\tlabel\ncafé\t1\n".getBytes(StandardCharsets.ISO_8859_1));

    loadingFails()
        .withMessage(
            "%s: row 2: not UTF-8, expected text: is it another file under this name?",
            folder.named("train.tsv"));
  }

  @Test
  void damagedGzip() {
    byte[] damaged = IdxFolder.gzip("sentence\tlabel\na\t1\n".getBytes(StandardCharsets.UTF_8));
    Arrays.fill(damaged, 10, 20, (byte) 0xff);
    FileFolder folder = FileFolder.sst2(dir).write("train.tsv", damaged);

    loadingFails()
        .withMessage(
            "%s: cannot be read (invalid block type), expected a plain or gzipped text file",
            folder.named("train.tsv"));
  }

  @Test
  void fewerRowsThanAskedFor() {
    FileFolder folder = FileFolder.sst2(dir);

    loadingFails(4, 2, 8, new VocabularySource.Built(100))
        .withMessage(
            "%s: 3 examples, expected at least the 4 asked for: ask for fewer",
            folder.named("train.tsv"));
    loadingFails(3, 3, 8, new VocabularySource.Built(100))
        .withMessage(
            "%s: 2 examples, expected at least the 3 asked for: ask for fewer",
            folder.named("dev.tsv"));
  }

  @Test
  void trainingRowThatIsTooLong() {
    FileFolder folder = FileFolder.sst2(dir);

    loadingFails(3, 2, 6, new VocabularySource.Built(100))
        .withMessage(
            "%s: the longest of the first 3 rows has 7 tokens, expected at most the 6 asked for:"
                + " raise the length to 7",
            folder.named("train.tsv"));
  }

  @Test
  void vocabularyThatCannotHoldTheCharacters() {
    FileFolder folder = FileFolder.sst2(dir);

    loadingFails(new VocabularySource.Built(27))
        .withMessage(
            "%s: vocabulary of 27 tokens asked for, expected at least 28, the special ones and 12"
                + " characters twice: ask for more",
            folder.named("train.tsv"));
  }

  @Test
  void malformedVocabularies() {
    assertVocabularyFails(
        "[PAD]\n[UNK]\n[CLS]\na\n",
        "no token [SEP], expected [PAD], [UNK], [CLS], [SEP]: is it a WordPiece vocabulary, one"
            + " token a line?");
    assertVocabularyFails(
        SPECIAL + "a\na\n",
        "row 6: token 'a' of row 5 again, expected each token once: its place is its id");
    assertVocabularyFails(SPECIAL + "\na\n", "row 5: empty, expected a token: its place is its id");
    assertVocabularyFails(
        SPECIAL + "a\nb\nc\n",
        "more than 6 tokens, expected no more: raise the size of the vocabulary");
  }

  @Test
  void missingVocabulary() {
    FileFolder folder = FileFolder.sst2(dir);

    loadingFails(new VocabularySource.Listed(dir + "/none.txt", 6))
        .withMessage(
            "%s: no such file, expected a WordPiece vocabulary, one token a line: correct the path",
            folder.named("none.txt"));
    loadingFails(new VocabularySource.Listed("nosuchfs://host/v.txt", 6))
        .withMessage(
            "vocabulary 'nosuchfs://host/v.txt': cannot be reached (No FileSystem for scheme"
                + " \"nosuchfs\"), expected a file on a file system that Hadoop is configured for");
  }

  @Test
  void impossibleSizes() {
    loadingFails(0, 2, 8, new VocabularySource.Built(100))
        .withMessage("0 training examples asked for, expected 1 to 134217727");
    loadingFails(1, 2, 2, new VocabularySource.Built(100))
        .withMessage("length of 2 tokens asked for, expected 3 to 65536");
    loadingFails(1, 2, 3, new VocabularySource.Listed("v", 16777217))
        .withMessage("vocabulary of 16777217 tokens asked for, expected 5 to 16777216");
  }
}
