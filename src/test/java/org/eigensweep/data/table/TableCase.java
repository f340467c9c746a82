package org.eigensweep.data.table;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.junit.jupiter.api.io.TempDir;

/** Reads tables of a folder, and shows what is the matter with them. */
abstract class TableCase {
  static final Configuration HADOOP = new Configuration();

  @TempDir Path dir;

  NumberTable table(String reference) {
    return TableReference.parse(dir + "/" + reference).open(HADOOP);
  }

  /** The first rows in row order. */
  List<Double> values(String reference, int rows) {
    NumberTable table = table(reference);
    int places = table.rowShape().stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
    List<Double> values = new ArrayList<>(Collections.nCopies(rows * places, null));
    table.read(rows, (row, place, value) -> values.set(row * places + place, value));
    return values;
  }

  /** Reads all, and expects a message of one line, where {@code %s} stands for the folder. */
  void refuses(String reference, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> values(reference, (int) table(reference).rows()))
        .withMessage(message.replace("%s", "file:" + dir));
  }
}
