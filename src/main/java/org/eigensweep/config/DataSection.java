package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.data.sst2.Sst2Files;
import org.eigensweep.data.sst2.VocabularySource;

/** {@code eigensweep.data}. */
final class DataSection {
  private static final String BUILT = "built";

  private static final Map<String, BiFunction<Node, Configuration, DataSource>> KINDS =
      new LinkedHashMap<>();

  static {
    KINDS.put("digits", (data, hadoop) -> digits(data));
    KINDS.put("mnist", (data, hadoop) -> mnist(data));
    KINDS.put("cifar10", (data, hadoop) -> cifar10(data));
    KINDS.put("sst2", (data, hadoop) -> sst2(data));
  }

  private DataSection() {}

  static DataSource read(Node data, Configuration hadoop) {
    return data.child("kind").word(KINDS).apply(data, hadoop);
  }

  private static DataSource digits(Node data) {
    return new GeneratedDigits(
        trainExamples(data), testExamples(data), data.child("seed").integer());
  }

  private static DataSource mnist(Node data) {
    return new MnistFiles(folder(data, "MNIST"), trainExamples(data), testExamples(data));
  }

  private static DataSource cifar10(Node data) {
    return new Cifar10Files(folder(data, "CIFAR-10"), trainExamples(data), testExamples(data));
  }

  private static DataSource sst2(Node data) {
    return new Sst2Files(
        folder(data, "SST-2"),
        trainExamples(data),
        testExamples(data),
        data.child("max-length").integerIn(Sst2Files.LEAST_LENGTH, Sst2Files.MOST_LENGTH),
        vocabulary(data));
  }

  private static VocabularySource vocabulary(Node data) {
    int size =
        data.child("vocabulary-size")
            .integerIn(Sst2Files.LEAST_VOCABULARY, Sst2Files.MOST_VOCABULARY);
    Node node = data.child("vocabulary");
    String source =
        node.text().orElseThrow(() -> node.refuse(BUILT + ", or the path of a vocabulary file"));
    return source.equals(BUILT)
        ? new VocabularySource.Built(size)
        : new VocabularySource.Listed(source, size);
  }

  private static String folder(Node data, String name) {
    Node dir = data.child("dir");
    // A folder that is missing stands nowhere: look at the line that asks for the data.
    return dir.text()
        .orElseThrow(
            () ->
                dir.reportedAt(data.child("kind"))
                    .refuse(
                        "the folder that holds the %s files".formatted(name),
                        "set eigensweep.data.dir or the environment variable EIGENSWEEP_DATA"));
  }

  private static int trainExamples(Node data) {
    return data.child("train-examples").integerOfAtLeast(1);
  }

  private static int testExamples(Node data) {
    return data.child("test-examples").integerOfAtLeast(1);
  }
}
