package org.eigensweep.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.data.mnist.IdxFolder;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.data.sst2.Sst2Files;
import org.eigensweep.data.sst2.VocabularySource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The training examples alone are those of the whole, and need no test files. */
final class LoadTrainingTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path dir;

  enum Kind {
    DIGITS,
    MNIST,
    CIFAR10,
    SST2
  }

  /** Three training examples and two test examples of a kind, whose files are written. */
  private DataSource source(Kind kind) {
    String path = dir.toString();
    return switch (kind) {
      case DIGITS -> new GeneratedDigits(3, 2, 5);
      case MNIST -> {
        IdxFolder.plain(dir);
        yield new MnistFiles(path, 3, 2);
      }
      case CIFAR10 -> {
        FileFolder.cifar10(dir);
        yield new Cifar10Files(path, 3, 2);
      }
      case SST2 -> {
        FileFolder.sst2(dir);
        yield new Sst2Files(path, 3, 2, 16, new VocabularySource.Built(100));
      }
    };
  }

  private void deleteTestFiles() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().matches("(t10k|test|dev).*")) {
          Files.delete(file);
        }
      }
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(Kind.values());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void isThatOfTheWholeWithoutTestFiles(Kind kind) throws IOException {
    DataSource source = source(kind);
    Dataset whole = source.load(HADOOP).train();
    deleteTestFiles();
    Dataset alone = source.loadTraining(HADOOP);
    assertThat(alone.source()).isEqualTo(whole.source());
    assertThat(alone.sha256()).isEqualTo(whole.sha256());
    assertThat(alone.inputs()).containsExactly(whole.inputs());
    assertThat(alone.labels()).containsExactly(whole.labels());
  }
}
