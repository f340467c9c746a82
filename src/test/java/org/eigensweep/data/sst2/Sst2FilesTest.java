package org.eigensweep.data.sst2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.FileFolder;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.data.mnist.IdxFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Sst2FilesTest {
  private static final Configuration HADOOP = new Configuration();

  // Built from the three training rows: 4 special tokens, the 12 characters ! , a d e f i l m n q u
  // from id 4, the same behind ## from id 16, then the words: two occur twice, one once.
  private static final int DULL = 28;
  private static final int FILM = 29;
  private static final int UNIQUE = 30;

  private static final String VOCABULARY = "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\nfilm\ndull\n";

  @TempDir Path dir;

  private Split load(int train, int test, int length) {
    return load(train, test, length, new VocabularySource.Built(100));
  }

  private Split load(int train, int test, int length, VocabularySource vocabulary) {
    return new Sst2Files(dir.toString(), train, test, length, vocabulary).load(HADOOP);
  }

  @Test
  void knowsItsShapeAndVocabularyWithoutLoading() {
    Sst2Files source = new Sst2Files("nowhere", 5, 5, 56, new VocabularySource.Built(30522));

    assertThat(source.shape()).isEqualTo(new InputShape(2, 1, 56));
    assertThat(source.classes()).isEqualTo(2);
    assertThat(source.vocabulary()).hasValue(30522);
  }

  @Test
  void laysOutIdsAndMask() {
    FileFolder.sst2(dir);

    Dataset train = load(3, 2, 8).train();

    assertThat(train.shape()).isEqualTo(new InputShape(2, 1, 8));
    assertThat(train.labels()).containsExactly(0, 1, 1);
    // a dull , dull film | A film!
    assertThat(Arrays.copyOf(train.inputs(), 32))
        .containsExactly(
            new float[] {
              2, 6, DULL, 5, DULL, FILM, 3, 0, 1, 1, 1, 1, 1, 1, 1, 0, //
              2, 6, FILM, 4, 3, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0
            });
    assertThat(Arrays.copyOfRange(train.inputs(), 32, 48))
        .startsWith(2, UNIQUE, 3, 0)
        .endsWith(1, 1, 1, 0, 0, 0, 0, 0);
  }

  @Test
  void skipsTheByteOrderMark() throws IOException {
    FileFolder.sst2(dir);
    String sha256 = load(3, 2, 8).train().sha256();
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".tsv")).toList()) {
        Files.writeString(file, "\uFEFF" + Files.readString(file));
      }
    }
    assertThat(load(3, 2, 8).train().sha256()).isEqualTo(sha256);

    Path plain = Files.writeString(dir.resolve("plain.txt"), VOCABULARY);
    Path marked = Files.writeString(dir.resolve("marked.txt"), "\uFEFF" + VOCABULARY);
    assertThat(load(3, 2, 8, new VocabularySource.Listed(marked.toString(), 100)).train().sha256())
        .isEqualTo(
            load(3, 2, 8, new VocabularySource.Listed(plain.toString(), 100)).train().sha256());
  }

  @Test
  void buildsTheVocabularyOfAllRowsHoweverFewAreTaken() {
    FileFolder.sst2(dir);

    Dataset all = load(3, 2, 8).train();
    Dataset first = load(1, 2, 8).train();

    assertThat(first.inputs()).isEqualTo(Arrays.copyOf(all.inputs(), 16));
    assertThat(first.source())
        .isEqualTo(
            "sst2:file:%s/train.tsv[0:1],longest 7 of 8 tokens,vocabulary of 31 tokens built from"
                + " 3 rows",
            dir);
  }

  @Test
  void splitsWordsThatTheVocabularyHasNoRoomFor() {
    FileFolder.sst2(dir);

    Split split = load(2, 1, 12, new VocabularySource.Built(29));

    // film is the second word: f, ##i, ##l, ##m; the first is dull.
    assertThat(Arrays.copyOf(split.train().inputs(), 12))
        .containsExactly(new float[] {2, 6, DULL, 5, DULL, 9, 22, 23, 24, 3, 0, 0});
    assertThat(split.train().source()).contains("vocabulary of 29 tokens");
  }

  @Test
  void cutsTestRowsAndSaysSo() {
    FileFolder.sst2(dir);

    Dataset test = load(3, 2, 8).test();

    // films: s is in no training row. The second row has 12 tokens.
    assertThat(test.inputs()).startsWith(2, 1, 3, 0);
    assertThat(Arrays.copyOfRange(test.inputs(), 16, 32))
        .containsExactly(new float[] {2, 6, FILM, 5, 6, DULL, 5, 3, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThat(test.source())
        .isEqualTo(
            "sst2:file:%s/dev.tsv[0:2],longest 12 of 8 tokens (1 rows cut),vocabulary of 31 tokens"
                + " built from 3 rows",
            dir);
  }

  @Test
  void takesAVocabularyFile() {
    FileFolder folder =
        FileFolder.sst2(dir)
            .write("v.txt", "film\n[SEP]\n[UNK]\r\n[CLS]\na\n,\ndu\n##ll\nuni\n[PAD]\n");
    String path = folder.named("v.txt");

    Dataset train = load(1, 1, 9, new VocabularySource.Listed(path, 10)).train();

    assertThat(Arrays.copyOf(train.inputs(), 9))
        .containsExactly(new float[] {3, 4, 6, 7, 5, 6, 7, 0, 1});
    assertThat(train.source())
        .isEqualTo(
            "sst2:file:%s/train.tsv[0:1],longest 9 of 9 tokens,vocabulary of 10 tokens from %s",
            dir, path);
  }

  @Test
  void readsPlainAndGzippedFilesToTheSameDigest(@TempDir Path other) {
    FileFolder.sst2(dir);
    Split plain = load(3, 2, 8);
    String train = "sentence\tlabel\r\na dull , dull film \t0\r\nA film!\t1\r\nunique\t1\r\n";
    new FileFolder(other.resolve("sst2"))
        .write("train.tsv.gz", IdxFolder.gzip(train.getBytes(UTF_8)))
        .write("dev.tsv.gz", IdxFolder.gzip("sentence\tlabel\nfilms\t1".getBytes(UTF_8)));

    Split zipped =
        new Sst2Files("file://" + other, 3, 1, 8, new VocabularySource.Built(100)).load(HADOOP);

    assertThat(zipped.train().sha256()).isEqualTo(plain.train().sha256());
    assertThat(zipped.test().labels()).containsExactly(1);
    assertThat(zipped.train().source()).contains("/sst2/train.tsv.gz[0:3]");
  }

  @Test
  void takesNoTestExamplesWhereNoneAreWanted() {
    FileFolder.sst2(dir);

    assertThat(load(3, 0, 8).test().examples()).isZero();
  }

  @Test
  void readsNoFurtherThanAskedWithAVocabularyFile() {
    FileFolder.sst2(dir)
        .write("v.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n")
        .write("train.tsv", "sentence\tlabel\na\t1\nb\t7\n");

    assertThat(load(1, 1, 3, new VocabularySource.Listed(dir + "/v.txt", 5)).train().inputs())
        .containsExactly(new float[] {2, 4, 3, 1, 1, 1});
  }

  @Test
  void travelsAsASparkTaskDoes() throws IOException, ClassNotFoundException {
    Sst2Files source = new Sst2Files("d", 5, 5, 56, new VocabularySource.Listed("v", 30522));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(source);
    }

    assertThat(new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject())
        .isEqualTo(source);
  }
}
