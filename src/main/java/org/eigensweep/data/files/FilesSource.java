package org.eigensweep.data.files;

import static org.eigensweep.data.table.ElementType.UINT8;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.data.table.NumberTable;

/**
 * Examples from tables in files: the first of each table, in its order, and no more than those are
 * kept. A {@link FilesRequest} makes it.
 *
 * @param train where the training examples are
 * @param test where the test examples are, null where that is not known
 * @param reading how rows become inputs
 * @param shape of an example
 * @param labels how numbers become classes
 * @param trainExamples training examples to take, from the front, at least 1
 * @param testExamples test examples to take, from the front, at least 0
 */
public record FilesSource(
    LabelledTables train,
    LabelledTables test,
    Reading reading,
    InputShape shape,
    ClassLabels labels,
    int trainExamples,
    int testExamples)
    implements DataSource {
  /** The tables of a set, open, and how the rows of the inputs are laid out. */
  private record Part(Inputs inputs, NumberTable labels) {}

  @Override
  public int classes() {
    return labels.count();
  }

  /**
   * Reads the first examples of both sets.
   *
   * @param hadoop configuration of the file systems
   * @throws DataException if a file is missing, malformed as far as it is read, or holds fewer
   *     examples than asked for, if a value is not finite or a label no class, or if the test set
   *     has another shape
   */
  @Override
  public Split load(Configuration hadoop) {
    if (test == null) {
      throw new DataException(
          "%s: training examples without test examples, expected both: set data.test.inputs and data.test.labels"
              .formatted(train.inputs()));
    }
    Part trainPart = part(train, trainExamples, hadoop);
    Part testPart = part(test, testExamples, hadoop); // its faults, before the long read
    requireAlike(trainPart.inputs(), testPart.inputs());
    Scaling scaling = trainPart.inputs().scaling(reading.standardization(), trainExamples);
    return new Split(training(trainPart, scaling), dataset(testPart, testExamples, scaling));
  }

  @Override
  public Dataset loadTraining(Configuration hadoop) {
    Part part = part(train, trainExamples, hadoop);
    return training(part, part.inputs().scaling(reading.standardization(), trainExamples));
  }

  private Part part(LabelledTables tables, int examples, Configuration hadoop) {
    LabelledTables.Opened opened = tables.open(hadoop);
    RowLayout layout = RowLayout.of(opened.inputs(), reading.sizes(), reading.layout());
    requireExamples(opened.inputs(), examples);
    return new Part(new Inputs(opened.inputs(), layout), opened.labels());
  }

  static void requireExamples(NumberTable inputs, int asked) {
    if (inputs.rows() < asked) {
      throw new DataException(
          "%s: %d examples, expected at least the %d asked for: ask for fewer"
              .formatted(inputs.name(), inputs.rows(), asked));
    }
  }

  private void requireAlike(Inputs trainInputs, Inputs testInputs) {
    if (!trainInputs.layout().shape().equals(testInputs.layout().shape())) {
      throw new DataException(
          "%s: an array of %s, expected rows as of the training set, %s of %s: take both from one data set"
              .formatted(
                  testInputs.table().name(),
                  testInputs.table().words(),
                  trainInputs.table().name(),
                  trainInputs.table().words()));
    }
    if (reading.standardization() == Standardization.BYTES
        && (trainInputs.table().type() == UINT8) != (testInputs.table().type() == UINT8)) {
      throw new DataException(
          "%s: numbers of %s, expected %s as in the training set, since data.standardize = bytes divides bytes alone: set it to none or by-255, or save both alike"
              .formatted(
                  testInputs.table().name(),
                  testInputs.table().type().word(),
                  trainInputs.table().type().word()));
    }
  }

  private Dataset training(Part part, Scaling scaling) {
    Dataset data = dataset(part, trainExamples, scaling);
    if (labels.count() > 1
        && trainExamples > 1
        && Arrays.stream(data.labels()).distinct().count() == 1) {
      throw new DataException(
          "%s: the first %d rows are all of one class, expected more classes: shuffle the rows of inputs and labels alike, or ask for more"
              .formatted(part.labels().name(), trainExamples));
    }
    return data;
  }

  private Dataset dataset(Part part, int examples, Scaling scaling) {
    int[] classes = labels.read(part.labels(), examples); // the short file, before the long one
    float[] inputs = part.inputs().read(examples, reading.standardization(), scaling);
    String source =
        "files:%s[0:%d]%s".formatted(part.inputs().table().name(), examples, statistics());
    return Dataset.of(source, shape, labels.count(), inputs, classes);
  }

  private String statistics() {
    return switch (reading.standardization()) {
      case NONE, BYTES, BY_255 -> "";
      case FEATURE -> ",per-feature statistics of %d records".formatted(trainExamples);
      case CHANNEL -> ",per-channel statistics of %d records".formatted(trainExamples);
    };
  }
}
