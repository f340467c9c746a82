package org.eigensweep.data.files;

import java.util.Optional;

/**
 * A data set that a folder holds under usual names.
 *
 * @param name what tells it from the others of the folder, perhaps blank
 * @param train training examples
 * @param test test examples, if both of their files are there
 */
public record FoundSet(String name, LabelledTables train, Optional<LabelledTables> test) {
  /** The same in a folder of a name. */
  FoundSet within(String folder) {
    if (name.equals(folder) || name.startsWith(folder + "-")) {
      return this;
    }
    return new FoundSet(name.isEmpty() ? folder : folder + "-" + name, train, test);
  }

  /** Whether a name is the end of its own: EMNIST's letters are {@code emnist-letters}. */
  boolean isCalled(String wanted) {
    return name.endsWith("-" + wanted);
  }
}
