package org.eigensweep.data;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** Where the examples of an experiment come from. */
public sealed interface DataSource extends Serializable
    permits MnistFiles, Cifar10Files, GeneratedDigits {
  /** How the values of an example are laid out, known without loading. */
  InputShape shape();

  /** Values an example has. */
  default int features() {
    return shape().features();
  }

  /** Number of classes, known without loading. */
  int classes();

  /** Number of training examples that {@link #load} returns. */
  int trainExamples();

  /**
   * Reads or generates the examples.
   *
   * @param hadoop configuration of the file systems that paths may name
   * @throws DataException if anything is missing or malformed
   */
  Split load(Configuration hadoop);
}
