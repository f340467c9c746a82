package org.eigensweep.export;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.FileSystems;
import org.eigensweep.spark.table.RowVisitor;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * The rows of a finished trial, which are read when they are asked for.
 *
 * @param output the folder of its tables, a Hadoop path
 * @param name of its files, which ends with its hash
 * @param hadoop the file systems
 */
public record TrialRows(String output, String name, Configuration hadoop) {
  /** The hash of all that fixes the trial's numbers. */
  public String hash() {
    return name.substring(name.lastIndexOf('-') + 1);
  }

  /**
   * The trial's row in {@code trials}: column → value, in order, without those that are null.
   *
   * @throws IOException if it cannot be read
   */
  public Map<String, Object> summary() throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    forEach(
        TrialsTable.TABLE,
        row -> {
          for (String column : TrialsTable.TABLE.columnNames()) {
            Object value = row.value(column);
            if (value != null) {
              summary.put(column, value);
            }
          }
        });
    return summary;
  }

  /**
   * Shows the trial's rows of a table in turn, and keeps none; there may be none.
   *
   * @throws IOException if they cannot be read, or if the visitor throws it
   */
  public void forEach(Table<?> table, RowVisitor visitor) throws IOException {
    Path file = table.file(output, name);
    if (FileSystems.of(file, hadoop).exists(file)) {
      table.forEach(hadoop, output, name, visitor);
    }
  }
}
