package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.GeneratedDigits;
import org.eigensweep.data.MnistFiles;

/** {@code eigensweep.data}. */
final class DataSection {
  private static final Map<String, Function<Node, DataSource>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("digits", DataSection::digits);
    KINDS.put("mnist", DataSection::mnist);
  }

  private DataSection() {}

  static DataSource read(Node data) {
    return data.child("kind").word(KINDS).apply(data);
  }

  private static DataSource digits(Node data) {
    return new GeneratedDigits(
        trainExamples(data), testExamples(data), data.child("seed").integer());
  }

  private static DataSource mnist(Node data) {
    Node dir = data.child("dir");
    // A folder that is missing stands nowhere: the line that asks for MNIST is the one to look at.
    String folder =
        dir.text()
            .orElseThrow(
                () ->
                    dir.reportedAt(data.child("kind"))
                        .refuse(
                            "the folder that holds the MNIST files",
                            "set eigensweep.data.dir or the environment variable EIGENSWEEP_DATA"));
    return new MnistFiles(folder, trainExamples(data), testExamples(data));
  }

  private static int trainExamples(Node data) {
    return data.child("train-examples").integerOfAtLeast(1);
  }

  private static int testExamples(Node data) {
    return data.child("test-examples").integerOfAtLeast(1);
  }
}
