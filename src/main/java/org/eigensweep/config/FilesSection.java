package org.eigensweep.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.files.FilesRequest;
import org.eigensweep.data.files.FoundFolder;
import org.eigensweep.data.files.FoundSet;
import org.eigensweep.data.files.LabelledTables;
import org.eigensweep.data.files.Layout;
import org.eigensweep.data.files.Reading;
import org.eigensweep.data.files.Standardization;
import org.eigensweep.data.table.TableReference;

/** {@code eigensweep.data} where its kind is {@code files}. */
final class FilesSection {
  private static final String FOUND = "found";
  private static final int MOST_CLASSES = 1 << 20;

  private FilesSection() {}

  static DataSource read(Node data, Configuration hadoop) {
    Optional<LabelledTables> train = tables(data.child("train"));
    Optional<LabelledTables> test = tables(data.child("test"));
    if (train.isEmpty()) {
      if (test.isPresent()) {
        throw data.child("test")
            .child("inputs")
            .refuse("found, where data.train.inputs is", "name the training files too");
      }
      FoundSet set = found(data, hadoop);
      train = Optional.of(set.train());
      test = set.test();
    }
    return new FilesRequest(
            train.orElseThrow(),
            test,
            new Reading(
                sizes(data.child("shape")),
                data.child("layout").word(Words.of(Layout.class)),
                data.child("standardize").word(Words.of(Standardization.class))),
            data.child("first-label").integerIn(-MOST_CLASSES, MOST_CLASSES),
            classes(data.child("classes")),
            DataSection.trainExamples(data),
            DataSection.testExamples(data))
        .open(hadoop);
  }

  private static FoundSet found(Node data, Configuration hadoop) {
    Node subset = data.child("subset");
    String name = subset.text().orElseThrow(() -> subset.refuse("only, or the name of a data set"));
    return FoundFolder.of(DataSection.folder(data, "data"), hadoop).set(name);
  }

  /** Both files of a set, or neither. */
  private static Optional<LabelledTables> tables(Node set) {
    Node inputs = set.child("inputs");
    Node labels = set.child("labels");
    String expected = "found, or a file or FILE:PART";
    String inputFile = inputs.text().orElseThrow(() -> inputs.refuse(expected));
    String labelFile = labels.text().orElseThrow(() -> labels.refuse(expected));
    if (inputFile.equals(FOUND) && labelFile.equals(FOUND)) {
      return Optional.empty();
    }
    if (inputFile.equals(FOUND)) {
      throw inputs.reportedAt(labels).refuse("a file, as the labels are in one", "name it too");
    }
    if (labelFile.equals(FOUND)) {
      throw labels.reportedAt(inputs).refuse("a file, as the inputs are in one", "name it too");
    }
    return Optional.of(
        new LabelledTables(TableReference.parse(inputFile), TableReference.parse(labelFile)));
  }

  private static List<Integer> sizes(Node shape) {
    if (shape.text().filter(FOUND::equals).isPresent()) {
      return List.of();
    }
    String expected = "found, or a list of 1 to 3 sizes, as in [28, 28]";
    if (!shape.isList()) {
      throw shape.refuse(expected);
    }
    List<Integer> sizes = shape.items().stream().map(size -> size.integerOfAtLeast(1)).toList();
    if (sizes.isEmpty() || sizes.size() > 3) {
      throw shape.refuse(expected);
    }
    return sizes;
  }

  private static OptionalInt classes(Node classes) {
    return classes.text().filter(FOUND::equals).isPresent()
        ? OptionalInt.empty()
        : OptionalInt.of(classes.integerIn(1, MOST_CLASSES));
  }
}
