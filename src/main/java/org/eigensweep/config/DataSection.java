package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.CheckedSource;
import org.eigensweep.data.DataKind;
import org.eigensweep.data.DataRequest;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.data.sst2.Sst2Files;
import org.eigensweep.data.sst2.VocabularySource;

/** {@code eigensweep.data}. */
final class DataSection {
  private static final String BUILT = "built";
  private static final String OPTIONS = "options";

  private static final Map<String, BiFunction<Node, Configuration, DataSource>> KINDS =
      new LinkedHashMap<>();

  static {
    KINDS.put("digits", (data, hadoop) -> digits(data));
    KINDS.put("mnist", (data, hadoop) -> mnist(data));
    KINDS.put("cifar10", (data, hadoop) -> cifar10(data));
    KINDS.put("sst2", (data, hadoop) -> sst2(data));
    KINDS.put("files", FilesSection::read);
  }

  private DataSection() {}

  static DataSource read(Node data, Configuration hadoop) {
    Node kind = data.child("kind");
    DataSource source = kind.word(kinds(kind)).apply(data, hadoop);
    if (!(source instanceof CheckedSource)) {
      data.child(OPTIONS).requireDefault("only a kind from a jar takes options");
    }
    return source;
  }

  /** Ours, and those of the jars on the class path. */
  private static Map<String, BiFunction<Node, Configuration, DataSource>> kinds(Node kind) {
    Map<String, BiFunction<Node, Configuration, DataSource>> all = new LinkedHashMap<>(KINDS);
    KindSection.beside(KINDS.keySet(), kind, DataKind.ALL)
        .forEach((name, brought) -> all.put(name, (data, hadoop) -> open(brought, data, hadoop)));
    return all;
  }

  private static DataSource open(DataKind kind, Node data, Configuration hadoop) {
    DataRequest request =
        new DataRequest(
            data.child("dir").text(),
            trainExamples(data),
            testExamples(data),
            options(kind, data.child(OPTIONS)));
    return new CheckedSource(kind.name(), kind.open(request, hadoop));
  }

  private static SortedMap<String, String> options(DataKind kind, Node section) {
    SortedMap<String, String> options = new TreeMap<>();
    if (!section.isSection()) {
      section.requireDefault("options are a section, as in { key = value }");
      return options;
    }
    for (String key : section.keys()) {
      Node value = section.required(key);
      if (!kind.options().contains(key)) {
        throw unknown(kind, value, key);
      }
      options.put(key, value.text().orElseThrow(() -> value.refuse("a number or a text")));
    }
    return options;
  }

  private static SettingsException unknown(DataKind kind, Node value, String key) {
    return kind.options().isEmpty()
        ? value.refuse("nothing: %s has no options".formatted(kind.name()), "remove it")
        : value.refuse(
            "an option of %s: %s".formatted(kind.name(), String.join(", ", kind.options())),
            "did you mean %s?".formatted(NearestKey.nearest(key, kind.options())));
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

  static String folder(Node data, String name) {
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

  static int trainExamples(Node data) {
    return data.child("train-examples").integerOfAtLeast(1);
  }

  static int testExamples(Node data) {
    return data.child("test-examples").integerOfAtLeast(1);
  }
}
