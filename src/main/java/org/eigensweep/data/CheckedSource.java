package org.eigensweep.data;

import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * Another's source, whose promises are checked when they can be: a set of another size would
 * otherwise end a sweep amid Spark.
 *
 * @param kind that it comes from, for messages
 * @param source the source
 */
public record CheckedSource(String kind, DataSource source) implements DataSource {
  @Override
  public InputShape shape() {
    return source.shape();
  }

  @Override
  public int classes() {
    return source.classes();
  }

  @Override
  public OptionalInt vocabulary() {
    return source.vocabulary();
  }

  @Override
  public int trainExamples() {
    return source.trainExamples();
  }

  @Override
  public Split load(Configuration hadoop) {
    try {
      Split split = source.load(hadoop);
      return new Split(checkedTraining(split.train()), checked("test", split.test()));
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  @Override
  public Dataset loadTraining(Configuration hadoop) {
    try {
      return checkedTraining(source.loadTraining(hadoop));
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  /** What {@link Dataset#of} finds in its arrays. */
  private DataException malformed(IllegalArgumentException e) {
    return new DataException("data.kind = %s: %s".formatted(kind, DataException.firstLine(e)), e);
  }

  private Dataset checkedTraining(Dataset data) {
    if (data.examples() != trainExamples()) {
      throw new DataException(
          "data.kind = %s: %d training examples, expected the %d that its source announced"
              .formatted(kind, data.examples(), trainExamples()));
    }
    return checked("training", data);
  }

  private Dataset checked(String part, Dataset data) {
    if (!data.shape().equals(shape()) || data.classes() != classes()) {
      throw new DataException(
          "data.kind = %s: %s examples of %s in %d classes, expected the %s in %d that its source announced"
              .formatted(
                  kind, part, words(data.shape()), data.classes(), words(shape()), classes()));
    }
    for (int i = 0; i < data.inputs().length; i++) {
      if (!Float.isFinite(data.inputs()[i])) {
        throw new DataException(
            "data.kind = %s: value %s of %s example %d, place %d, expected a finite number"
                .formatted(kind, data.inputs()[i], part, i / data.features(), i % data.features()));
      }
    }
    return data;
  }

  private static String words(InputShape shape) {
    return "%d x %d x %d".formatted(shape.channels(), shape.height(), shape.width());
  }
}
