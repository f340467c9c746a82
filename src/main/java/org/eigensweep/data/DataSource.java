package org.eigensweep.data;

import java.io.Serializable;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the examples of an experiment come from. It is a small value, as a record of a path and
 * sizes: it holds no examples, and the same source gives the same examples each time.
 */
public interface DataSource extends Serializable {
  /** How the values of an example are laid out, known without loading. */
  InputShape shape();

  /** Values an example has. */
  default int features() {
    return shape().features();
  }

  /** Number of classes, known without loading. */
  int classes();

  /**
   * Where the examples are text, how many token ids there may be, known without loading: those in
   * the first plane of an example lie in [0, vocabulary). Empty for all other examples.
   */
  default OptionalInt vocabulary() {
    return OptionalInt.empty();
  }

  /** Number of training examples that {@link #load} returns. */
  int trainExamples();

  /**
   * Reads or generates the examples.
   *
   * @param hadoop configuration of the file systems that paths may name
   * @throws DataException if anything is missing or malformed
   */
  Split load(Configuration hadoop);

  /**
   * Reads or generates the training examples of {@link #load} alone; there need be no others. Not
   * all of {@link #load} has to be read for it: override it where that saves time.
   *
   * @param hadoop configuration of the file systems that paths may name
   * @throws DataException if anything is missing or malformed
   */
  default Dataset loadTraining(Configuration hadoop) {
    return load(hadoop).train();
  }
}
