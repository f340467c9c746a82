package org.eigensweep.data.files;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.ExampleCounts;

/**
 * What is asked of files, before they are looked at.
 *
 * @param train where the training examples are
 * @param test where the test examples are; the training examples can be loaded without them
 * @param reading how rows become inputs
 * @param firstLabel the label of class 0
 * @param classes how many, or empty to find it in the training labels
 * @param trainExamples training examples to take, from the front, at least 1
 * @param testExamples test examples to take, from the front, at least 0
 */
public record FilesRequest(
    LabelledTables train,
    Optional<LabelledTables> test,
    Reading reading,
    int firstLabel,
    OptionalInt classes,
    int trainExamples,
    int testExamples) {
  /**
   * Reads the headers of the training files, and their labels where those tell the classes.
   *
   * @throws org.eigensweep.data.DataException if they cannot be used, or hold fewer examples
   */
  public FilesSource open(Configuration hadoop) {
    LabelledTables.Opened tables = train.open(hadoop);
    RowLayout rows = RowLayout.of(tables.inputs(), reading.sizes(), reading.layout());
    ExampleCounts.check(trainExamples, testExamples, rows.shape().features());
    FilesSource.requireExamples(tables.inputs(), trainExamples);
    return new FilesSource(
        train,
        test.orElse(null),
        reading,
        rows.shape(),
        ClassLabels.of(tables.labels(), firstLabel, classes),
        trainExamples,
        testExamples);
  }
}
