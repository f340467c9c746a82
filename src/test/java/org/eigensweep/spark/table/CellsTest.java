package org.eigensweep.spark.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

class CellsTest {
  /** A file that was written before a column was added has no such column at all. */
  @Test
  void readsAColumnThatTheFileLacksAsNull() {
    SimpleGroup row =
        new SimpleGroup(
            MessageTypeParser.parseMessageType(
                "message trials { optional double switch_chi; optional int32 switch_step; }"));
    row.add("switch_chi", 0.75);
    Cells cells = new Cells(row);
    assertThat(cells.real("switch_chi")).isEqualTo(0.75);
    assertThat(cells.step("switch_step")).isEqualTo(-1);
    assertThat(cells.real("switch_train_loss")).isNaN();
    assertThat(cells.text("status")).isNull();
    assertThat(cells.step("final_step")).isEqualTo(-1);
  }
}
