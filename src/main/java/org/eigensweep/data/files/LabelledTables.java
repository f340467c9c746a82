package org.eigensweep.data.files;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.table.NumberTable;
import org.eigensweep.data.table.TableReference;

/**
 * Where the examples of a set are.
 *
 * @param inputs one row an example
 * @param labels one number an example
 */
public record LabelledTables(TableReference inputs, TableReference labels) implements Serializable {
  /** The columns of the labels are none of the inputs, where one file holds both. */
  public LabelledTables {
    inputs = inputs.without(labels);
  }

  /** Both tables, their headers read. */
  record Opened(NumberTable inputs, NumberTable labels) {}

  /**
   * Reads both headers.
   *
   * @throws DataException if a table cannot be read, is empty, or they differ in rows
   */
  Opened open(Configuration hadoop) {
    NumberTable inputTable = inputs.open(hadoop);
    NumberTable labelTable = labels.open(hadoop);
    if (!labelTable.rowShape().stream().allMatch(size -> size == 1)) {
      throw new DataException(
          "%s: labels of %s, expected one number a row: store the number of the class, not a vector"
              .formatted(labelTable.name(), labelTable.words()));
    }
    if (inputTable.rows() != labelTable.rows()) {
      throw new DataException(
          "%s: %d labels, expected %d, one for each row of %s: take both from one data set"
              .formatted(
                  labelTable.name(), labelTable.rows(), inputTable.rows(), inputTable.name()));
    }
    if (inputTable.rows() == 0) {
      throw new DataException("%s: no rows, expected one an example".formatted(inputTable.name()));
    }
    return new Opened(inputTable, labelTable);
  }
}
